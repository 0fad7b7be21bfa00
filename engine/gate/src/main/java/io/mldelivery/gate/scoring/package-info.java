/** Runs models on rows, in processes of their own. Start at {@link io.mldelivery.gate.scoring.RowScoring}. */
package io.mldelivery.gate.scoring;
