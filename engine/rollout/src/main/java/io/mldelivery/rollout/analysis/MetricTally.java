package io.mldelivery.rollout.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * What a metric of the plan has come to.
 *
 * @param good values that were good
 * @param bad values that were bad
 * @param unclear values that were neither
 * @param errorsInRow failures to measure since the last value
 * @param error the last failure, while it lasts; empty: none
 * @param last the last value; NaN before the first
 * @param fresh the new version's values, where they are compared; the latest {@value #MOST_VALUES}
 * @param old the old version's values at the same times
 * @param finding what the comparisons so far have found
 */
public record MetricTally(
        long good,
        long bad,
        long unclear,
        long errorsInRow,
        String error,
        double last,
        List<Double> fresh,
        List<Double> old,
        Finding finding) {
    static final int MOST_VALUES = 320;
    static final MetricTally NONE = new MetricTally(0, 0, 0, 0, "", Double.NaN, List.of(), List.of(), Finding.NONE);

    public MetricTally {
        fresh = List.copyOf(fresh);
        old = List.copyOf(old);
    }

    /**
     * What the last comparison said.
     *
     * @param looks comparisons so far
     * @param worse whether one of them proved the new version worse
     */
    public record Finding(long looks, boolean worse, SeriesComparison.Result result) {
        static final Finding NONE = new Finding(0, false, SeriesComparison.Result.NONE);
    }

    long measured() {
        return good + bad + unclear;
    }

    MetricTally failed(String why) {
        return new MetricTally(good, bad, unclear, errorsInRow + 1, why, last, fresh, old, finding);
    }

    MetricTally counted(double value, boolean isGood, boolean isBad) {
        return new MetricTally(
                good + (isGood ? 1 : 0),
                bad + (isBad ? 1 : 0),
                unclear + (isGood || isBad ? 0 : 1),
                0,
                "",
                value,
                fresh,
                old,
                finding);
    }

    MetricTally compared(double value, double oldValue) {
        return new MetricTally(
                good, bad, unclear, errorsInRow, error, last, appended(fresh, value), appended(old, oldValue), finding);
    }

    MetricTally found(Finding further) {
        return new MetricTally(good, bad, unclear, errorsInRow, error, last, fresh, old, further);
    }

    private static List<Double> appended(List<Double> values, double value) {
        List<Double> all = new ArrayList<>(values.subList(Math.max(0, values.size() - MOST_VALUES + 1), values.size()));
        all.add(value);
        return all;
    }
}
