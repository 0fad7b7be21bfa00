package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import java.util.List;
import java.util.Optional;

/**
 * The minimum of a version's HorizontalPodAutoscaler, scaled with its weight: an autoscaler follows traffic, so without a minimum
 * a new version would get its share first and the pods for it later.
 */
final class Autoscaler {
    private static final String KIND = "HorizontalPodAutoscaler";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final String namespace;

    Autoscaler(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** A version that has an autoscaler already keeps its present minimum, a new one starts with 1. */
    void adapt(JsonNode manifest) {
        if (manifest.path("kind").asText().equals(KIND)) {
            int now = cluster.known(ResourceName.of(manifest, namespace), Template.OURS)
                    .map(found -> found.path("spec").path("minReplicas").asInt(1))
                    .orElse(1);
            manifest.withObject("/spec").put("minReplicas", now);
        }
    }

    /**
     * Asks for as many pods as a weight needs.
     *
     * @param manifests the version's, as its template has them
     * @return whether they are there; true where there is no autoscaler
     */
    boolean provisioned(List<JsonNode> manifests, int percent) {
        Optional<JsonNode> autoscaler = manifests.stream()
                .filter(one -> one.path("kind").asText().equals(KIND))
                .findFirst();
        if (autoscaler.isEmpty()) {
            return true;
        }
        int full = autoscaler.get().path("spec").path("minReplicas").asInt(1);
        int wanted = Math.max(1, (int) Math.ceil(full * percent / 100.0));
        ResourceName name = ResourceName.of(autoscaler.get(), namespace);
        int now = cluster.known(name, Template.OURS)
                .map(found -> found.path("spec").path("minReplicas").asInt(1))
                .orElse(0);
        if (now != 0 && now != wanted) {
            ObjectNode change = JSON.createObjectNode();
            change.putObject("spec").put("minReplicas", wanted);
            cluster.merge(name, change);
        }
        return available(manifests) >= wanted;
    }

    private int available(List<JsonNode> manifests) {
        return manifests.stream()
                .filter(Template::isDeployment)
                .map(one -> cluster.known(ResourceName.of(one, namespace), Template.OURS))
                .flatMap(Optional::stream)
                .mapToInt(
                        found -> found.path("status").path("availableReplicas").asInt())
                .sum();
    }
}
