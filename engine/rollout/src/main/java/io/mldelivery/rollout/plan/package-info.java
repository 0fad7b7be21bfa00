/** What a rollout shall do, as its plan file says. Start at {@link io.mldelivery.rollout.plan.RolloutPlan}. */
package io.mldelivery.rollout.plan;
