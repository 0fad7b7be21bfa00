package io.mldelivery.rollout.control;

import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.machine.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A place where versions of a model serve behind a router of weights. Everything is read from the place itself, so that a
 * restarted controller sees what is, and every change can be repeated without harm. Failures are
 * {@link io.mldelivery.model.DeliveryException}s.
 */
public interface RolloutTarget {
    /** As people write it, such as {@code local/late-flights}. */
    String name();

    /** Where clients send their requests; empty before the first version serves. */
    Optional<String> address();

    /** The version that serves here when no rollout is going on. */
    Optional<Deployment> current();

    /** Remembers which version serves here. */
    void current(Deployment deployment);

    Instance instance(Deployment deployment);

    /**
     * Has the version's process started; does not wait until it serves.
     *
     * @param drill a fault that its server is to inject, for rehearsals
     */
    void ensure(Deployment deployment, Optional<String> drill);

    /** Sends requests straight to the version; returns whether it has answered enough of them to be warm. */
    boolean warm(Deployment deployment, List<String> bodies);

    /** Begins or goes on to stop the version's process; what is left after {@code drain} is ended hard. Does not wait. */
    void stop(Deployment deployment, Duration drain);

    /** How the router really divides the requests between this version and the others. */
    Split split(Deployment candidate);

    /** The version's share of the answers in percent, as the router says. */
    default int weight(Deployment deployment) {
        return split(deployment).answers();
    }

    /** Has the router divide the requests so. Fails where the router cannot. */
    void split(Deployment candidate, Optional<Deployment> stable, Split split);

    /** How answers to copies of requests compare; empty where nothing is mirrored, or the router does not compare. */
    default Optional<Agreement> agreement() {
        return Optional.empty();
    }

    /** Whether the target hears of changes, so that looking at it costs it nothing. */
    default boolean watches() {
        return false;
    }

    /** What the version has answered since its process began. */
    VersionCounts counts(Deployment deployment);

    /** Has recorded requests sent through the router for a while; must be asked again within {@code lease}. */
    void replay(Deployment deployment, String file, double rate, Duration lease);

    /** Ends the sending of recorded requests. */
    void endReplay();
}
