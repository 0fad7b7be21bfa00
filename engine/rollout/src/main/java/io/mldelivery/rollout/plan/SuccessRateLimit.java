package io.mldelivery.rollout.plan;

import java.util.OptionalDouble;

/**
 * What the share of successful requests must be.
 *
 * @param min the least share, 0 to 1 exclusive; empty: no absolute limit
 * @param compare whether the new version must also not be worse than the old one
 */
public record SuccessRateLimit(OptionalDouble min, boolean compare) {}
