package io.mldelivery.kubernetes;

import io.kubernetes.client.Discovery;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1APIResource;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plural under which the API server lists a kind; asked once for each kind that is not built in. */
final class Kinds {
    private static final Map<String, String> BUILT_IN = Map.ofEntries(
            Map.entry("v1/Pod", "pods"),
            Map.entry("v1/Service", "services"),
            Map.entry("v1/ConfigMap", "configmaps"),
            Map.entry("v1/Secret", "secrets"),
            Map.entry("v1/Event", "events"),
            Map.entry("v1/Namespace", "namespaces"),
            Map.entry("v1/Node", "nodes"),
            Map.entry("v1/ServiceAccount", "serviceaccounts"),
            Map.entry("apps/v1/Deployment", "deployments"),
            Map.entry("apps/v1/ReplicaSet", "replicasets"),
            Map.entry("batch/v1/Job", "jobs"),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", "horizontalpodautoscalers"),
            Map.entry("policy/v1/PodDisruptionBudget", "poddisruptionbudgets"));

    private final ApiClient client;
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    Kinds(ApiClient client) {
        this.client = client;
    }

    String plural(ResourceName name) {
        String key = name.apiVersion() + "/" + name.kind();
        String known = BUILT_IN.get(key);
        return known == null ? asked.computeIfAbsent(key, any -> ask(name)) : known;
    }

    private String ask(ResourceName name) {
        String path = name.group().isEmpty() ? "/api/" + name.apiVersion() : "/apis/" + name.apiVersion();
        try {
            return new Discovery(client)
                    .resourceDiscovery(path).getResources().stream()
                            .filter(resource -> resource.getKind().equals(name.kind())
                                    && !resource.getName().contains("/"))
                            .map(V1APIResource::getName)
                            .findFirst()
                            .orElseThrow(() -> unknown(name, null));
        } catch (ApiException e) {
            throw e.getCode() == 404 ? unknown(name, e) : Refusals.of("learning about " + name.kind(), e);
        }
    }

    private static DeliveryException unknown(ResourceName name, Exception cause) {
        return new DeliveryException(
                Code.CONFIG,
                "the cluster knows no " + name.kind() + " of " + name.apiVersion(),
                "Install the custom resource definitions that bring it, or use another router.",
                cause);
    }
}
