/** What a drift check finds besides single columns: plain data. Start at {@link io.mldelivery.drift.finding.Findings}. */
package io.mldelivery.drift.finding;
