/** Asks everything that a policy asks besides single columns. Start at {@link io.mldelivery.drift.investigate.Investigator}. */
package io.mldelivery.drift.investigate;
