package io.mldelivery.rollout.kubernetes;

import java.util.Map;

/**
 * Splits a target's traffic between the Services of its versions by weight. Reads what really is, writes idempotently, and
 * fails rather than touch what is not its own.
 */
public interface TrafficRouter {
    /** Percent of the traffic by Service; a Service without traffic may be missing. */
    Map<String, Integer> weights();

    /**
     * Sets all shares at once.
     *
     * @param weights percent by Service, which sum to 100, or none at all: nothing is routed
     */
    void weights(Map<String, Integer> weights);
}
