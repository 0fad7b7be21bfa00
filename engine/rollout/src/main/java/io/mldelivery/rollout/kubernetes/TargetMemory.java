package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Deployment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a target remembers in a ConfigMap of its own: which version is the current one, and each version's template. */
final class TargetMemory {
    private static final String TEMPLATE = "template-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final String namespace;
    private final String target;
    private final Template given;
    private final Map<String, Template> templates = new HashMap<>();

    /** @param given the template of versions that have none yet */
    TargetMemory(Cluster cluster, String namespace, String target, Template given) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.target = target;
        this.given = given;
    }

    private ResourceName name() {
        return name(namespace, target);
    }

    /** Where it lies. */
    static ResourceName name(String namespace, String target) {
        return new ResourceName("v1", "ConfigMap", namespace, target + "-mldelivery");
    }

    static void describe(ObjectNode map, String namespace, String target) {
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", name(namespace, target).name())
                .put("namespace", namespace)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "mldelivery")
                .put(Template.TARGET_LABEL, target);
    }

    Optional<Deployment> current() {
        return cluster.find(name())
                .map(map -> map.path("data").path("current").asText(""))
                .filter(text -> !text.isEmpty())
                .map(this::parse);
    }

    /** Whether this is the current version, as a watch tells it: costs no request. */
    boolean isCurrent(Deployment deployment) {
        return cluster.known(name(), Template.OURS)
                .map(map -> map.path("data").path("current").asText(""))
                .filter(text -> !text.isEmpty())
                .map(this::parse)
                .filter(current -> current.key().equals(deployment.key()))
                .isPresent();
    }

    private Deployment parse(String text) {
        try {
            return JSON.readValue(text, Deployment.class);
        } catch (JsonProcessingException e) {
            throw new DeliveryException(
                    Code.DATA,
                    name() + " does not say which version is current: " + text,
                    "Correct its key 'current', or remove it if nothing serves yet.",
                    e);
        }
    }

    void current(Deployment deployment) {
        remember("current", JSON.valueToTree(deployment));
    }

    /** @param value a text or an object; null: the key goes */
    private void remember(String key, JsonNode value) {
        ObjectNode map = JSON.createObjectNode();
        JsonNode text = value == null
                ? null
                : JSON.getNodeFactory().textNode(value.isTextual() ? value.asText() : value.toString());
        map.putObject("data").set(key, text);
        if (cluster.find(name()).isPresent()) {
            cluster.merge(name(), map);
        } else if (text != null) {
            describe(map, namespace, target);
            cluster.apply(map, true);
        }
    }

    /** Each version keeps the template that it came with: image, configuration and secrets go back together. */
    Template template(Deployment deployment) {
        return templates.computeIfAbsent(
                deployment.key(),
                key -> cluster.known(name(), Template.OURS)
                        .map(map -> map.path("data").path(TEMPLATE + key).asText(""))
                        .filter(text -> !text.isEmpty())
                        .map(text -> given.with(name() + " key " + TEMPLATE + key, text))
                        .orElse(given));
    }

    /** Writes down the template with which a version came. */
    void keepTemplate(Deployment deployment) {
        if (template(deployment) == given) {
            remember(TEMPLATE + deployment.key(), JSON.getNodeFactory().textNode(given.text()));
        }
    }

    boolean hasTemplate(Deployment deployment) {
        return cluster.known(name(), Template.OURS)
                .filter(map -> map.path("data").has(TEMPLATE + deployment.key()))
                .isPresent();
    }

    void forgetTemplate(Deployment deployment) {
        remember(TEMPLATE + deployment.key(), null);
    }
}
