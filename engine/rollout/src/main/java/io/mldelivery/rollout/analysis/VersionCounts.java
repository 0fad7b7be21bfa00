package io.mldelivery.rollout.analysis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one version has answered: counters that only rise while its process lives.
 *
 * @param requests all requests that came to an end
 * @param failures those of them that did not succeed
 * @param classes how often each class was predicted; empty when the server does not tell
 * @param labelled predictions whose label has become known
 * @param wrong those of them that were wrong
 */
public record VersionCounts(
        long requests, long failures, LatencyCounts latency, Map<String, Long> classes, long labelled, long wrong) {
    /** Nothing yet. */
    public static final VersionCounts NONE = new VersionCounts(0, 0, LatencyCounts.NONE);

    public VersionCounts {
        if (requests < 0 || failures < 0 || failures > requests || labelled < 0 || wrong < 0 || wrong > labelled) {
            throw new IllegalArgumentException(failures + " failures of " + requests + " requests, " + wrong
                    + " wrong of " + labelled + " labelled");
        }
        classes = classes == null ? Map.of() : Map.copyOf(classes);
    }

    public VersionCounts(long requests, long failures, LatencyCounts latency) {
        this(requests, failures, latency, Map.of(), 0, 0);
    }

    /**
     * What came since an earlier reading. Nothing when a counter went back, because a process was started anew or a source was
     * behind: what cannot be told apart is left out of this one look rather than counted twice.
     */
    public VersionCounts since(VersionCounts earlier) {
        return restartedAfter(earlier)
                ? NONE
                : new VersionCounts(
                        requests - earlier.requests,
                        failures - earlier.failures,
                        latency.since(earlier.latency),
                        combined(earlier.classes, -1),
                        labelled - earlier.labelled,
                        wrong - earlier.wrong);
    }

    private boolean restartedAfter(VersionCounts earlier) {
        return requests < earlier.requests
                || failures < earlier.failures
                || requests - earlier.requests < failures - earlier.failures
                || labelled < earlier.labelled
                || wrong < earlier.wrong
                || labelled - earlier.labelled < wrong - earlier.wrong;
    }

    public VersionCounts plus(VersionCounts other) {
        return new VersionCounts(
                requests + other.requests,
                failures + other.failures,
                latency.plus(other.latency),
                combined(other.classes, 1),
                labelled + other.labelled,
                wrong + other.wrong);
    }

    private Map<String, Long> combined(Map<String, Long> others, int sign) {
        Map<String, Long> all = new LinkedHashMap<>(classes);
        others.forEach((name, count) -> all.merge(name, sign * count, Long::sum));
        all.values().removeIf(count -> count <= 0);
        return all;
    }

    /** How many predictions of a known class there are. */
    public long predicted() {
        return classes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Share of requests that succeeded; NaN without a request. */
    public double successRate() {
        return requests == 0 ? Double.NaN : (requests - failures) / (double) requests;
    }

    /** Share of labelled predictions that were right; NaN without a label. */
    public double accuracy() {
        return labelled == 0 ? Double.NaN : (labelled - wrong) / (double) labelled;
    }
}
