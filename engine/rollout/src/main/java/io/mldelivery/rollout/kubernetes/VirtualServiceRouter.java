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
 * Istio: the first HTTP route of a VirtualService that exists already. Weights of its destinations; {@code mirror}; for users
 * by header or cookie one more route before it.
 */
public final class VirtualServiceRouter implements TrafficRouter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RouteObject route;
    private final int port;

    /**
     * @param target the target's name
     * @param port the port of the Services
     */
    public VirtualServiceRouter(Cluster cluster, String namespace, String name, String target, int port) {
        this.route = new RouteObject(
                cluster, new ResourceName("networking.istio.io/v1", "VirtualService", namespace, name), target);
        this.port = port;
    }

    @Override
    public Split split(String candidate) {
        JsonNode now = route.known();
        JsonNode routes = now.path("spec").path("http");
        if (hasOwnRoute(now) && host(routes.path(0).path("route").path(0)).equals(candidate)) {
            return RouteObject.asked(now).orElseThrow();
        }
        JsonNode base = routes.path(hasOwnRoute(now) ? 1 : 0);
        if (base.path("mirror").path("host").asText().equals(candidate)) {
            int percent =
                    (int) Math.round(base.path("mirrorPercentage").path("value").asDouble(100));
            return new Split(Split.Kind.MIRRORED, percent, Optional.empty());
        }
        return Split.weighted(share(base.path("route"), candidate));
    }

    private static boolean hasOwnRoute(JsonNode object) {
        boolean asked = RouteObject.asked(object)
                .filter(split -> split.kind() == Split.Kind.ASSIGNED)
                .isPresent();
        return asked && object.path("spec").path("http").size() > 1;
    }

    private static String host(JsonNode destination) {
        return destination.path("destination").path("host").asText();
    }

    /** A single destination gets everything, with or without a weight. */
    private static int share(JsonNode destinations, String service) {
        int share = 0;
        for (JsonNode one : destinations) {
            int weight = destinations.size() == 1 ? 100 : one.path("weight").asInt(0);
            share += host(one).equals(service) ? weight : 0;
        }
        return share;
    }

    @Override
    public Optional<Duration> settledFor() {
        return route.age();
    }

    @Override
    public void split(String candidate, Optional<String> stable, Split split) {
        JsonNode now = route.readOwn();
        ArrayNode routes = ((ArrayNode) now.path("spec").withArray("http")).deepCopy();
        if (hasOwnRoute(now)) {
            routes.remove(0);
        }
        if (routes.isEmpty()) {
            routes.addObject();
        }
        ObjectNode base = (ObjectNode) routes.get(0);
        refuseForeign(base, candidate, stable);
        base.set("route", destinations(candidate, stable, split.kind() == Split.Kind.WEIGHTED ? split.percent() : 0));
        setMirror(base, candidate, split);
        if (split.kind() == Split.Kind.ASSIGNED) {
            routes.insert(0, assigned(base, candidate, split));
        }
        ObjectNode spec = JSON.createObjectNode();
        spec.set("http", routes);
        route.change(now, spec, split);
    }

    private void refuseForeign(JsonNode base, String candidate, Optional<String> stable) {
        for (JsonNode one : base.path("route")) {
            boolean known = host(one).equals(candidate)
                    || stable.filter(host(one)::equals).isPresent();
            if (!known && one.path("weight").asInt(100) > 0) {
                throw route.foreign("it sends requests to " + host(one));
            }
        }
    }

    private ArrayNode destinations(String candidate, Optional<String> stable, int percent) {
        ArrayNode all = JSON.createArrayNode();
        stable.filter(old -> percent < 100).ifPresent(old -> add(all, old, 100 - percent));
        if (percent > 0) {
            add(all, candidate, percent);
        }
        return all;
    }

    private void add(ArrayNode all, String service, int weight) {
        ObjectNode one = all.addObject().put("weight", weight);
        one.putObject("destination").put("host", service).putObject("port").put("number", port);
    }

    private void setMirror(ObjectNode base, String candidate, Split split) {
        if (base.path("mirror").path("host").asText().equals(candidate)) {
            base.remove("mirror");
            base.remove("mirrorPercentage");
        }
        if (split.kind() == Split.Kind.MIRRORED) {
            base.putObject("mirror").put("host", candidate).putObject("port").put("number", port);
            base.putObject("mirrorPercentage").put("value", split.percent());
        }
    }

    private ObjectNode assigned(ObjectNode base, String candidate, Split split) {
        Assignment assignment = split.assignment().orElseThrow();
        if (assignment.kind() == Assignment.Kind.HASH) {
            throw RouteObject.cannot("Istio", split);
        }
        ObjectNode own = base.deepCopy();
        own.set("route", destinations(candidate, Optional.empty(), 100));
        if (own.path("match").isEmpty()) {
            own.putArray("match").addObject();
        }
        for (JsonNode match : own.path("match")) {
            ObjectNode headers = ((ObjectNode) match).withObjectProperty("headers");
            String value = assignment.value().orElseThrow();
            if (assignment.kind() == Assignment.Kind.HEADER) {
                headers.putObject(assignment.name().toLowerCase(java.util.Locale.ROOT))
                        .put("exact", value);
            } else {
                headers.putObject("cookie")
                        .put("regex", "(.*;\\s*)?" + quoted(assignment.name()) + "=" + quoted(value) + "(;.*)?");
            }
        }
        return own;
    }

    /** Every character that may mean something in a regular expression, escaped. */
    private static String quoted(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "\\\\$0");
    }
}
