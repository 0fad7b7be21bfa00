/**
 * Carries out what the machine decides: observes, saves the intention, performs, saves the result. Start at
 * {@link io.mldelivery.rollout.control.RolloutController}.
 */
package io.mldelivery.rollout.control;
