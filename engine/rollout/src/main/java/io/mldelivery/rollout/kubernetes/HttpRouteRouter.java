package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Gateway API: the weights of the backends in the first rule of an HTTPRoute that exists already, with its gateway, host
 * names and matches (Traefik, Envoy Gateway, Istio, Cilium, NGINX Gateway Fabric and others carry it out).
 */
public final class HttpRouteRouter implements TrafficRouter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final ResourceName route;
    private final int port;

    /** @param port the port of the Services */
    public HttpRouteRouter(Cluster cluster, String namespace, String name, int port) {
        this.cluster = cluster;
        this.route = new ResourceName("gateway.networking.k8s.io/v1", "HTTPRoute", namespace, name);
        this.port = port;
    }

    @Override
    public Map<String, Integer> weights() {
        JsonNode backends = existing().path("spec").path("rules").path(0).path("backendRefs");
        Map<String, Integer> shares = new LinkedHashMap<>();
        int sum = 0;
        for (JsonNode backend : backends) {
            sum += backend.path("weight").asInt(1);
        }
        for (JsonNode backend : backends) {
            int weight = backend.path("weight").asInt(1);
            shares.merge(backend.path("name").asText(), sum == 0 ? 0 : Math.round(100f * weight / sum), Integer::sum);
        }
        return shares;
    }

    private JsonNode existing() {
        return cluster.find(route).orElseThrow(() -> new DeliveryException(Code.CONFIG,
                "there is no " + route + " to route by", "Create it once, with its gateway and host names; weights are set by us."));
    }

    @Override
    public void weights(Map<String, Integer> weights) {
        JsonNode now = existing();
        ArrayNode rules = now.path("spec").path("rules").deepCopy();
        if (rules.isEmpty()) {
            rules.addObject();
        }
        ((ObjectNode) rules.get(0)).set("backendRefs", backends(weights));
        ObjectNode change = JSON.createObjectNode();
        change.putObject("spec").set("rules", rules);
        change.putObject("metadata").put("resourceVersion", now.path("metadata").path("resourceVersion").asText());
        cluster.merge(route, change);
    }

    private ArrayNode backends(Map<String, Integer> weights) {
        ArrayNode backends = JSON.createArrayNode();
        weights.forEach((service, weight) ->
                backends.addObject().put("name", service).put("port", port).put("weight", weight));
        return backends;
    }
}
