package io.mldelivery.gate.history;

import io.mldelivery.gate.metric.Direction;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.Against.Builds;
import io.mldelivery.gate.policy.Against.Take;
import io.mldelivery.stats.Quantiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One value a metric out of several builds. */
public final class Baseline {
    private Baseline() {}

    /**
     * The metrics of the newest builds, taken together; absent when there is no build.
     *
     * @param newestFirst builds whose gate passed
     */
    public static Optional<MetricSet> of(Builds builds, List<PastBuild> newestFirst) {
        List<PastBuild> taken = newestFirst.stream().limit(builds.count()).toList();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> names = new TreeSet<>();
        taken.forEach(build -> names.addAll(build.metrics().keySet()));
        Map<String, Double> values = new LinkedHashMap<>();
        for (String name : names) {
            double[] ofMetric = taken.stream()
                    .map(build -> build.metrics().get(name))
                    .filter(value -> value != null)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            taken(builds.take(), name, ofMetric).ifPresent(value -> values.put(name, value));
        }
        return Optional.of(MetricSet.of(name(builds, taken), values));
    }

    private static String name(Builds builds, List<PastBuild> taken) {
        String of = taken.size() == 1
                ? taken.get(0).name()
                : "the " + taken.size() + " builds "
                        + taken.get(taken.size() - 1).name() + " to "
                        + taken.get(0).name();
        return "the " + builds.take().name().toLowerCase(java.util.Locale.ROOT) + " of " + of;
    }

    private static Optional<Double> taken(Take take, String name, double[] newestFirst) {
        return switch (take) {
            case LAST -> Optional.of(newestFirst[0]);
            case MEAN -> Optional.of(Arrays.stream(newestFirst).average().orElseThrow());
            case MEDIAN -> Optional.of(Quantiles.linear(newestFirst, 0.5));
            case BEST ->
                KnownMetric.directionOf(name)
                        .map(better -> better == Direction.HIGHER
                                ? Arrays.stream(newestFirst).max().orElseThrow()
                                : Arrays.stream(newestFirst).min().orElseThrow());
        };
    }
}
