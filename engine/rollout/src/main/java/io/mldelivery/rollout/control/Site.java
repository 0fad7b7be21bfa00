package io.mldelivery.rollout.control;

/**
 * A target together with its journals.
 *
 * @param label as people write it, such as {@code local/late-flights}
 */
public record Site(String label, Journals journals, RolloutTarget target) {}
