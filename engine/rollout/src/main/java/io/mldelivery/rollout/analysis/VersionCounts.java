package io.mldelivery.rollout.analysis;

/**
 * What one version has answered: counters that only rise while its process lives.
 *
 * @param requests all requests that came to an end
 * @param failures those of them that did not succeed
 */
public record VersionCounts(long requests, long failures, LatencyCounts latency) {
    /** Nothing yet. */
    public static final VersionCounts NONE = new VersionCounts(0, 0, LatencyCounts.NONE);

    public VersionCounts {
        if (requests < 0 || failures < 0 || failures > requests) {
            throw new IllegalArgumentException(failures + " failures of " + requests + " requests");
        }
    }

    /** What came since an earlier reading; everything when the counters started anew with a new process. */
    public VersionCounts since(VersionCounts earlier) {
        boolean restarted = requests < earlier.requests || failures < earlier.failures
                || requests - earlier.requests < failures - earlier.failures;
        return restarted
                ? this
                : new VersionCounts(
                        requests - earlier.requests, failures - earlier.failures, latency.since(earlier.latency));
    }

    public VersionCounts plus(VersionCounts other) {
        return new VersionCounts(
                requests + other.requests, failures + other.failures, latency.plus(other.latency));
    }

    /** Share of requests that succeeded; NaN without a request. */
    public double successRate() {
        return requests == 0 ? Double.NaN : (requests - failures) / (double) requests;
    }
}
