/**
 * Decides what a rollout does next: a pure function of state, observation and time. States ask for effects until the
 * observation shows them done, so that a crash, a repetition or a foreign hand in between changes nothing. Start at
 * {@link io.mldelivery.rollout.machine.RolloutMachine}.
 */
package io.mldelivery.rollout.machine;
