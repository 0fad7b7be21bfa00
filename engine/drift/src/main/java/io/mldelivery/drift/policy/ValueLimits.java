package io.mldelivery.drift.policy;

/**
 * How many values may be of a kind that the reference has not seen.
 *
 * @param newCategories the share of values whose category is new, beyond the share that is to be expected
 * @param outOfRange the share of numbers below the reference's smallest or above its largest
 */
public record ValueLimits(double newCategories, double outOfRange) {
    /** No limit. */
    public static final ValueLimits NONE = new ValueLimits(1, 1);
}
