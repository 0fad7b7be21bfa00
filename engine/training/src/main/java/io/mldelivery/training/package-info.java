/**
 * Reproducible trainings: the same inputs give the recorded result again, other inputs run the script in the
 * environment its lock file describes, durably, and record what came out. Start at
 * {@link io.mldelivery.training.TrainingJob}.
 */
package io.mldelivery.training;
