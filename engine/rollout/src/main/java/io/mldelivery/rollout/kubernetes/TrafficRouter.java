package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.rollout.control.Split;
import java.time.Duration;
import java.util.Optional;

/**
 * Divides a target's traffic between the Services of its versions. Reads what really is, writes idempotently, and fails
 * rather than touch what is not its own.
 */
public interface TrafficRouter {
    /** How requests are really divided between this version's Service and the others. */
    Split split(String candidate);

    /**
     * Has requests divided so, all at once.
     *
     * @param candidate the new version's Service
     * @param stable the old version's Service; empty when there is none
     */
    void split(String candidate, Optional<String> stable, Split split);

    /** For how long requests have been divided as they are; empty where that is not known, or nobody is told of it. */
    default Optional<Duration> settledFor() {
        return Optional.empty();
    }

    /** Whether each version needs a Service of its own, named as its Deployment. */
    default boolean needsService() {
        return true;
    }

    /** Changes a Deployment's manifest before it is applied; most routers have nothing to change. */
    default void adapt(ObjectNode deployment) {
        // the manifest is fine as it is
    }
}
