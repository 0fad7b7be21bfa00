package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.rollout.control.Split;
import io.mldelivery.rollout.plan.Assignment;
import java.time.Duration;
import java.util.Optional;

/**
 * ingress-nginx: an Ingress that exists already leads to one version; beside it, a canary Ingress of ours with the same rules
 * leads the new version's share to it. Taking all traffic: the canary first, then the main Ingress, and the canary goes.
 */
public final class IngressRouter implements TrafficRouter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";
    private static final String KIND = "networking.k8s.io/v1";

    private final Cluster cluster;
    private final RouteObject main;
    private final ResourceName canary;

    /** @param target the target's name */
    public IngressRouter(Cluster cluster, String namespace, String name, String target) {
        this.cluster = cluster;
        this.main = new RouteObject(cluster, new ResourceName(KIND, "Ingress", namespace, name), target);
        this.canary = new ResourceName(KIND, "Ingress", namespace, name + "-canary");
    }

    @Override
    public Split split(String candidate) {
        if (service(main.known()).equals(candidate)) {
            return Split.weighted(100);
        }
        Optional<JsonNode> beside =
                cluster.known(canary, "").filter(found -> service(found).equals(candidate));
        if (beside.isEmpty()) {
            return Split.weighted(0);
        }
        JsonNode annotations = beside.get().path("metadata").path("annotations");
        return annotations.has(PREFIX + "canary-weight")
                ? Split.weighted(annotations.path(PREFIX + "canary-weight").asInt())
                : RouteObject.asked(main.known()).orElse(Split.weighted(0));
    }

    private static String service(JsonNode ingress) {
        return ingress.path("spec")
                .path("rules")
                .path(0)
                .path("http")
                .path("paths")
                .path(0)
                .path("backend")
                .path("service")
                .path("name")
                .asText();
    }

    @Override
    public Optional<Duration> settledFor() {
        return main.age();
    }

    @Override
    public void split(String candidate, Optional<String> stable, Split split) {
        JsonNode now = main.readOwn();
        String serving = service(now);
        boolean known =
                serving.equals(candidate) || stable.filter(serving::equals).isPresent();
        if (!known && stable.isPresent()) {
            throw main.foreign("it sends requests to " + serving);
        }
        boolean all = split.equals(Split.weighted(100));
        if (split.percent() > 0 && !(all && serving.equals(candidate))) {
            cluster.apply(canaryOf(now, candidate, split), true);
        }
        String wanted = all ? candidate : stable.orElse(serving);
        main.change(now, specOf(now, wanted), split);
        if (all || split.percent() == 0) {
            cluster.delete(canary);
        }
    }

    private static ObjectNode specOf(JsonNode ingress, String service) {
        ArrayNode rules = ingress.path("spec").withArray("rules").deepCopy();
        for (JsonNode rule : rules) {
            for (JsonNode path : rule.path("http").path("paths")) {
                ((ObjectNode) path.path("backend").path("service")).put("name", service);
            }
        }
        ObjectNode spec = JSON.createObjectNode();
        spec.set("rules", rules);
        return spec;
    }

    private ObjectNode canaryOf(JsonNode ingress, String candidate, Split split) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", KIND).put("kind", "Ingress");
        ObjectNode metadata =
                object.putObject("metadata").put("name", canary.name()).put("namespace", canary.namespace());
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "mldelivery");
        annotate(metadata.putObject("annotations").put(PREFIX + "canary", "true"), split);
        ObjectNode spec = specOf(ingress, candidate);
        if (ingress.path("spec").has("ingressClassName")) {
            spec.put(
                    "ingressClassName",
                    ingress.path("spec").path("ingressClassName").asText());
        }
        object.set("spec", spec);
        return object;
    }

    private static void annotate(ObjectNode annotations, Split split) {
        if (split.kind() == Split.Kind.WEIGHTED) {
            annotations.put(PREFIX + "canary-weight", String.valueOf(split.percent()));
            return;
        }
        Optional<Assignment> header = split.assignment().filter(one -> one.kind() == Assignment.Kind.HEADER);
        if (header.isEmpty()) {
            throw RouteObject.cannot("ingress-nginx", split);
        }
        annotations.put(PREFIX + "canary-by-header", header.get().name());
        annotations.put(PREFIX + "canary-by-header-value", header.get().value().orElseThrow());
    }
}
