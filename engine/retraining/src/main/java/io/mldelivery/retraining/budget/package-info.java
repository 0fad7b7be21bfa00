/** Whether a retraining may start now. Start at {@link io.mldelivery.retraining.budget.RetrainingBudget}. */
package io.mldelivery.retraining.budget;
