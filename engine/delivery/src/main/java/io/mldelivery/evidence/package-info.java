/** The record of what a build did and decided: one typed, hash-chained event a line. Start at {@link io.mldelivery.evidence.EvidenceLog}. */
package io.mldelivery.evidence;
