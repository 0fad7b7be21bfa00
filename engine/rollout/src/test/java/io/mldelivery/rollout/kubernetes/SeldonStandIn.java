package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Does to an Experiment and its Models what Seldon Core 2.10 does, one look a call: an experiment with a candidate that is missing or
 * not ready has no route at all (addTrafficForExperiment of the envoy processor), a default must be a candidate (validate.go).
 */
final class SeldonStandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final ResourceName name;
    private final String target;
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Integer> route = new HashMap<>();
    private boolean wasReady;
    private int outages;

    SeldonStandIn(Cluster cluster, String name, String target) {
        this.cluster = cluster;
        this.name = new ResourceName(SeldonExperiment.API, "Experiment", "ml", name);
        this.target = target;
    }

    /** The version cannot be loaded. */
    synchronized void isBroken(String key) {
        broken.add(key);
    }

    synchronized int share(String key) {
        return route.getOrDefault(target + "-" + key, 0);
    }

    /** How often users would have had no route though there was one before. */
    synchronized int outages() {
        return outages;
    }

    synchronized void reconcile() {
        Set<String> ready = new HashSet<>();
        for (JsonNode model : cluster.list(new ResourceName(SeldonExperiment.API, "Model", "ml", ""), "")) {
            boolean loaded = !broken.contains(Sides.key(model));
            if (loaded && model.path("status").has("conditions")) {
                ready.add(model.path("metadata").path("name").asText());
            }
            tell(
                    ResourceName.of(model, "ml"),
                    condition(
                            "ModelReady", loaded, loaded ? "ModelAvailable" : "ModelFailed", "rclone: no such bucket"));
        }
        cluster.find(name).ifPresent(experiment -> look(experiment.path("spec"), ready));
    }

    private void look(JsonNode spec, Set<String> ready) {
        route.clear();
        boolean valid = !spec.has("default");
        boolean active = true;
        for (JsonNode candidate : spec.path("candidates")) {
            String model = candidate.path("name").asText();
            valid |= model.equals(spec.path("default").asText());
            active &= ready.contains(model);
            route.put(model, candidate.path("weight").asInt());
        }
        boolean works = valid && active && !route.isEmpty();
        if (!works) {
            route.clear();
            outages += wasReady ? 1 : 0;
        }
        wasReady = works;
        tell(name, condition("ExperimentReady", works, "", works ? "experiment active" : "no live replica"));
    }

    private static String condition(String type, boolean status, String message, String reason) {
        return "{\"conditions\": [{\"type\": \"" + type + "\", \"status\": \"" + (status ? "True" : "False")
                + "\", \"message\": \"" + message + "\", \"reason\": \"" + reason + "\"}]}";
    }

    private void tell(ResourceName object, String status) {
        ObjectNode change = JSON.createObjectNode();
        change.set("status", TestCluster.json(status));
        try {
            cluster.merge(object, change);
        } catch (DeliveryException e) {
            if (cluster.find(object).isPresent()) { // otherwise it was deleted in this moment
                throw e;
            }
        }
    }
}
