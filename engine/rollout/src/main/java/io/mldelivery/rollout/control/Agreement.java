package io.mldelivery.rollout.control;

/**
 * How the new version's answers to copies of requests compare with what the old version answered.
 *
 * @param same status and body were equal
 * @param different status or body were not
 * @param failed the new version gave no answer
 */
public record Agreement(long same, long different, long failed) {}
