package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.PodTrouble;
import io.mldelivery.kubernetes.Readiness;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.machine.Instance;
import java.util.Optional;

/**
 * How a version's Deployment and pods are. A new version has to be complete before it gets traffic, and must neither crash nor
 * lose all its pods once it has some. Of the current one only what it is now counts, not what it went through before: that
 * it crashed last month, or is being scaled, keeps nobody from going back to it.
 */
final class VersionHealth {
    private final Cluster cluster;
    private final String namespace;
    private final String target;
    private final TrafficRouter router;

    VersionHealth(Cluster cluster, String namespace, String target, TrafficRouter router) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.target = target;
        this.router = router;
    }

    /**
     * Looks at one version.
     *
     * @param name what its objects are called
     * @param current whether it is the one that served before the rollout
     */
    Instance of(Deployment deployment, String name, boolean current) {
        Optional<JsonNode> found = cluster.known(
                        new ResourceName("apps/v1", "Deployment", namespace, name), Template.OURS)
                .filter(one -> !one.path("metadata").has("deletionTimestamp"));
        if (found.isEmpty()) {
            return withoutDeployment(name, current);
        }
        Instance alive = alive(name, found.get());
        boolean serves = current && alive.isReady();
        return serves
                ? alive
                : trouble(deployment)
                        .or(() -> givenUp(found.get()))
                        .or(() -> lost(name, found.get()))
                        .map(Instance::dead)
                        .orElse(alive);
    }

    /** What is left of a version must be made whole or cleared away; it is absent when nothing is left. */
    private Instance withoutDeployment(String name, boolean current) {
        if (!current && hasTraffic(name)) {
            return Instance.dead("somebody deleted its Deployment " + name);
        }
        return router.needsService() && hasService(name)
                ? new Instance(Instance.Phase.STARTING, "there is no Deployment " + name)
                : Instance.absent();
    }

    private boolean hasService(String name) {
        return cluster.known(new ResourceName("v1", "Service", namespace, name), Template.OURS)
                .isPresent();
    }

    /** A Deployment whose Service is gone, because it was about to be stopped, does not serve. */
    private Instance alive(String name, JsonNode found) {
        if (router.needsService() && !hasService(name)) {
            return new Instance(Instance.Phase.STARTING, "there is no Service " + name);
        }
        Readiness readiness = Readiness.of(found);
        return readiness.state() == Readiness.State.READY || Readiness.serves(found)
                ? Instance.ready()
                : new Instance(Instance.Phase.STARTING, readiness.reason());
    }

    /** A crash loop is a matter of seconds; the Deployment's own deadline is one of minutes. */
    private Optional<String> trouble(Deployment deployment) {
        return PodTrouble.in(cluster.known(
                new ResourceName("v1", "Pod", namespace, ""),
                Template.OURS,
                Template.TARGET_LABEL + "=" + target + "," + Template.KEY_LABEL + "=" + deployment.key()));
    }

    private static Optional<String> givenUp(JsonNode found) {
        Readiness readiness = Readiness.of(found);
        return readiness.state() == Readiness.State.FAILED ? Optional.of(readiness.reason()) : Optional.empty();
    }

    /** Requests that no pod takes are answered by the gateway, with an error that no pod counts. */
    private Optional<String> lost(String name, JsonNode found) {
        return Readiness.isDown(found) && hasTraffic(name)
                ? Optional.of("it is not ready any more: " + Readiness.of(found).reason())
                : Optional.empty();
    }

    private boolean hasTraffic(String name) {
        try {
            return router.split(name).answers() > 0;
        } catch (DeliveryException e) {
            return false; // without a route nothing leads there
        }
    }
}
