package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Split;
import java.util.Optional;

/**
 * No router at all: one Service selects the pods of all versions (by the label {@code mldelivery.io/target}), and the number of
 * each version's pods makes its share. A weight is as near as so many pods can come to it; a version with a weight has a pod.
 */
public final class ReplicaRouter implements TrafficRouter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHT = "mldelivery.io/weight";
    /** Names the version with which one shares the requests. */
    private static final String BESIDE = "mldelivery.io/beside";

    private final Cluster cluster;
    private final String namespace;
    private final int pods;

    /** @param pods how many there are together */
    public ReplicaRouter(Cluster cluster, String namespace, int pods) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.pods = pods;
    }

    /** How many pods a weight comes to. */
    int podsFor(int percent) {
        int share = (int) Math.round(pods * percent / 100.0);
        return percent == 0 ? 0 : percent == 100 ? pods : Math.max(1, Math.min(pods - 1, share));
    }

    private ResourceName deployment(String name) {
        return new ResourceName("apps/v1", "Deployment", namespace, name);
    }

    @Override
    public boolean needsService() {
        return false;
    }

    /** What was asked for, once both versions have the pods for it; until then the share that the pods make. */
    @Override
    public Split split(String candidate) {
        Optional<JsonNode> found = cluster.known(deployment(candidate), Template.OURS);
        if (found.isEmpty()) {
            return Split.weighted(0);
        }
        int asked =
                found.get().path("metadata").path("annotations").path(WEIGHT).asInt(0);
        int wanted = found.get().path("spec").path("replicas").asInt();
        int ready = found.get().path("status").path("readyReplicas").asInt(0);
        int beside = podsBeside(found.get()).orElse(pods - wanted);
        boolean reached = wanted == podsFor(asked) && ready == wanted && beside == pods - wanted;
        return Split.weighted(reached ? asked : Math.round(100f * ready / Math.max(1, ready + beside)));
    }

    /** How many pods the version is to have with which this one shares the requests; empty when there is none. */
    private Optional<Integer> podsBeside(JsonNode candidate) {
        String other =
                candidate.path("metadata").path("annotations").path(BESIDE).asText("");
        return other.isEmpty()
                ? Optional.empty()
                : cluster.known(deployment(other), Template.OURS)
                        .map(found -> found.path("spec").path("replicas").asInt());
    }

    /** The version that gains pods has them ready before the other loses any, so that there are never too few. */
    @Override
    public void split(String candidate, Optional<String> stable, Split split) {
        if (split.kind() != Split.Kind.WEIGHTED) {
            throw RouteObject.cannot("the ratio of pods", split);
        }
        int wanted = podsFor(split.percent());
        JsonNode now = cluster.find(deployment(candidate)).orElse(JSON.createObjectNode());
        boolean shrinks = wanted < now.path("spec").path("replicas").asInt();
        scale(candidate, wanted, split.percent(), stable);
        if (shrinks || now.path("status").path("readyReplicas").asInt(0) >= wanted) {
            stable.ifPresent(old -> scale(old, pods - wanted, 100 - split.percent(), Optional.of(candidate)));
        }
    }

    private void scale(String name, int replicas, int percent, Optional<String> beside) {
        if (cluster.find(deployment(name)).isEmpty()) {
            if (replicas > 0) {
                throw new DeliveryException(
                        Code.SERVING,
                        "there is no " + deployment(name) + " to scale",
                        "It is created before it is scaled; was it deleted?");
            }
            return;
        }
        ObjectNode change = JSON.createObjectNode();
        change.putObject("spec").put("replicas", replicas);
        change.putObject("metadata")
                .putObject("annotations")
                .put(WEIGHT, String.valueOf(percent))
                .put(BESIDE, beside.orElse(null));
        cluster.merge(deployment(name), change);
    }

    /** A new version starts with no pod, one that is there keeps those it has. */
    @Override
    public void adapt(ObjectNode deployment) {
        String name = deployment.path("metadata").path("name").asText();
        int now = cluster.find(deployment(name))
                .map(found -> found.path("spec").path("replicas").asInt())
                .orElse(0);
        deployment.withObjectProperty("spec").put("replicas", now);
    }
}
