package io.mldelivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;

/**
 * Names one object of a cluster.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param namespace empty for objects that lie in none
 */
public record ResourceName(String apiVersion, String kind, String namespace, String name) {
    /** The name that a manifest carries. */
    public static ResourceName of(JsonNode manifest, String defaultNamespace) {
        String kind = text(manifest, "kind");
        String name = text(manifest.path("metadata"), "name");
        String namespace = manifest.path("metadata").path("namespace").asText(defaultNamespace);
        return new ResourceName(text(manifest, "apiVersion"), kind, namespace, name);
    }

    private static String text(JsonNode node, String key) {
        String text = node.path(key).asText("");
        if (text.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "a manifest has no " + key,
                    "Every manifest needs apiVersion, kind and metadata.name.");
        }
        return text;
    }

    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
