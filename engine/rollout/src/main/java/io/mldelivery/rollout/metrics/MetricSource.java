package io.mldelivery.rollout.metrics;

import io.mldelivery.rollout.analysis.VersionCounts;

/** Where a version's counters are read. */
public interface MetricSource {
    /**
     * What a version has answered so far.
     *
     * @param key names the version's processes on the target
     *
     * @throws io.mldelivery.model.DeliveryException when that cannot be known; never a made-up zero
     */
    VersionCounts counts(String model, String version, String key);
}
