package io.mldelivery.gate.policy;

import java.util.OptionalDouble;

/**
 * A smallest and a largest allowed value; at least one of them is there.
 *
 * @param min values below violate, absent for none
 * @param max values above violate, absent for none
 */
public record Bounds(OptionalDouble min, OptionalDouble max) {
    /** Only a smallest value. */
    public static Bounds atLeast(double min) {
        return new Bounds(OptionalDouble.of(min), OptionalDouble.empty());
    }

    /** Only a largest value. */
    public static Bounds atMost(double max) {
        return new Bounds(OptionalDouble.empty(), OptionalDouble.of(max));
    }

    /** Both. */
    public static Bounds between(double min, double max) {
        return new Bounds(OptionalDouble.of(min), OptionalDouble.of(max));
    }

    /** Whether the value violates neither; the limits themselves are allowed. */
    public boolean allow(double value) {
        return value >= min.orElse(Double.NEGATIVE_INFINITY) && value <= max.orElse(Double.POSITIVE_INFINITY);
    }
}
