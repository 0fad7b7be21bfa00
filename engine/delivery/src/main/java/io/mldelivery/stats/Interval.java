package io.mldelivery.stats;

/**
 * A confidence interval.
 *
 * @param level the share of repetitions whose interval covers the true value, such as 0.95
 * @param low the lower end, which may be {@code -Infinity}
 * @param high the upper end, which may be {@code Infinity}
 */
public record Interval(double level, double low, double high) {
    /** Refuses a level outside (0, 1) and ends that are not numbers or in the wrong order. */
    public Interval {
        if (!(level > 0 && level < 1) || !(low <= high)) {
            throw new IllegalArgumentException("no interval: level " + level + ", " + low + " to " + high);
        }
    }

    /** The interval {@code centre ± z(level) · standardError} of a normally distributed estimate. */
    public static Interval normal(double centre, double standardError, double level) {
        double half = Tails.normalQuantile(0.5 + level / 2) * standardError;
        return new Interval(level, centre - half, centre + half);
    }

    /** This interval with both ends moved into [low, high]. */
    public Interval within(double lowest, double highest) {
        return new Interval(level, Math.max(lowest, Math.min(low, highest)), Math.min(highest, Math.max(high, lowest)));
    }

    /** Whether the value lies in the interval, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** The length of the interval. */
    public double width() {
        return high - low;
    }
}
