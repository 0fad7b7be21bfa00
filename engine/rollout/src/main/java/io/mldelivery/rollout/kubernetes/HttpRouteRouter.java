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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Gateway API: the first rule of an HTTPRoute that exists already, with its gateway, host names and matches (Traefik, Envoy
 * Gateway, Istio, Cilium, NGINX Gateway Fabric and others carry it out). Weights of its backends; a RequestMirror filter; for
 * users by header one more rule before it.
 */
public final class HttpRouteRouter implements TrafficRouter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RouteObject route;
    private final int port;

    /**
     * @param target the target's name
     * @param port the port of the Services
     */
    public HttpRouteRouter(Cluster cluster, String namespace, String name, String target, int port) {
        this.route = new RouteObject(
                cluster, new ResourceName("gateway.networking.k8s.io/v1", "HTTPRoute", namespace, name), target);
        this.port = port;
    }

    @Override
    public Split split(String candidate) {
        JsonNode now = route.known();
        JsonNode rules = now.path("spec").path("rules");
        Optional<Split> asked = RouteObject.asked(now);
        if (hasOwnRule(now)
                && rules.path(0)
                        .path("backendRefs")
                        .path(0)
                        .path("name")
                        .asText()
                        .equals(candidate)) {
            return asked.orElseThrow();
        }
        JsonNode base = rules.path(hasOwnRule(now) ? 1 : 0);
        int mirrored = mirrored(base, candidate);
        return mirrored > 0
                ? new Split(Split.Kind.MIRRORED, mirrored, Optional.empty())
                : Split.weighted(share(base.path("backendRefs"), candidate));
    }

    /** Whether the first rule is the one that we put before the others. */
    private static boolean hasOwnRule(JsonNode object) {
        boolean asked = RouteObject.asked(object)
                .filter(split -> split.kind() == Split.Kind.ASSIGNED)
                .isPresent();
        return asked && object.path("spec").path("rules").size() > 1;
    }

    private static int share(JsonNode backends, String service) {
        int sum = 0;
        int mine = 0;
        for (JsonNode backend : backends) {
            int weight = backend.path("weight").asInt(1);
            sum += weight;
            mine += backend.path("name").asText().equals(service) ? weight : 0;
        }
        return sum == 0 ? 0 : Math.round(100f * mine / sum);
    }

    private static int mirrored(JsonNode rule, String service) {
        for (JsonNode filter : rule.path("filters")) {
            JsonNode mirror = filter.path("requestMirror");
            if (mirror.path("backendRef").path("name").asText().equals(service)) {
                return mirror.path("percent").asInt(100);
            }
        }
        return 0;
    }

    @Override
    public Optional<Duration> settledFor() {
        return route.age();
    }

    @Override
    public void split(String candidate, Optional<String> stable, Split split) {
        JsonNode now = route.readOwn();
        ArrayNode rules = ((ArrayNode) now.path("spec").withArray("rules")).deepCopy();
        if (hasOwnRule(now)) {
            rules.remove(0);
        }
        if (rules.isEmpty()) {
            rules.addObject();
        }
        ObjectNode base = (ObjectNode) rules.get(0);
        refuseForeign(base, candidate, stable);
        base.set("backendRefs", backends(candidate, stable, split.kind() == Split.Kind.WEIGHTED ? split.percent() : 0));
        setMirror(base, candidate, split);
        if (split.kind() == Split.Kind.ASSIGNED) {
            rules.insert(0, assigned(base, candidate, split));
        }
        ObjectNode spec = JSON.createObjectNode();
        spec.set("rules", rules);
        route.change(now, spec, split);
    }

    /** Services that are in no version's hands would lose their traffic. */
    private void refuseForeign(JsonNode base, String candidate, Optional<String> stable) {
        Set<String> others = new TreeSet<>();
        for (JsonNode backend : base.path("backendRefs")) {
            String name = backend.path("name").asText();
            boolean known =
                    name.equals(candidate) || stable.filter(name::equals).isPresent();
            if (!known && backend.path("weight").asInt(1) > 0) {
                others.add(name);
            }
        }
        if (!others.isEmpty()) {
            throw route.foreign("it sends requests to " + String.join(", ", others));
        }
    }

    private ArrayNode backends(String candidate, Optional<String> stable, int percent) {
        ArrayNode backends = JSON.createArrayNode();
        stable.filter(old -> percent < 100).ifPresent(old -> addBackend(backends, old, 100 - percent));
        if (percent > 0) {
            addBackend(backends, candidate, percent);
        }
        return backends;
    }

    private void addBackend(ArrayNode backends, String service, int weight) {
        backends.addObject()
                .put("group", "")
                .put("kind", "Service")
                .put("name", service)
                .put("port", port)
                .put("weight", weight);
    }

    private void setMirror(ObjectNode base, String candidate, Split split) {
        List<JsonNode> filters = new ArrayList<>();
        for (JsonNode filter : base.path("filters")) {
            if (!filter.path("requestMirror")
                    .path("backendRef")
                    .path("name")
                    .asText()
                    .equals(candidate)) {
                filters.add(filter);
            }
        }
        if (split.kind() == Split.Kind.MIRRORED) {
            ObjectNode filter = JSON.createObjectNode().put("type", "RequestMirror");
            ObjectNode mirror = filter.putObject("requestMirror").put("percent", split.percent());
            mirror.putObject("backendRef").put("name", candidate).put("port", port);
            filters.add(filter);
        }
        base.remove("filters");
        if (!filters.isEmpty()) {
            base.putArray("filters").addAll(filters);
        }
    }

    /** A copy of the rule that also wants the header; more matches take precedence in the Gateway API. */
    private ObjectNode assigned(ObjectNode base, String candidate, Split split) {
        Assignment assignment = split.assignment().orElseThrow();
        if (assignment.kind() != Assignment.Kind.HEADER) {
            throw RouteObject.cannot("the Gateway API", split);
        }
        ObjectNode rule = base.deepCopy();
        rule.set("backendRefs", backends(candidate, Optional.empty(), 100));
        if (rule.path("matches").isEmpty()) {
            rule.putArray("matches").addObject();
        }
        for (JsonNode match : rule.path("matches")) {
            ((ObjectNode) match)
                    .withArray("headers")
                    .addObject()
                    .put("type", "Exact")
                    .put("name", assignment.name())
                    .put("value", assignment.value().orElseThrow());
        }
        return rule;
    }
}
