package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One real cluster for all test classes that ask for it, stopped after the last of them. */
final class SharedCluster implements BeforeAllCallback {
    private static final Namespace STORE = Namespace.create(SharedCluster.class);
    private static TestCluster running;

    /** The cluster, once a test class with this extension has begun. */
    static TestCluster running() {
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (running == null) {
            Path folder = Files.createTempDirectory("cluster");
            running = TestCluster.start(folder.resolve("run"));
            AutoCloseable end = () -> {
                running.close();
                running = null;
                remove(folder);
            };
            context.getRoot().getStore(STORE).put("cluster", end);
        }
    }

    /** Makes a kind known. Only the names matter: the schema lets everything pass. */
    static void define(Cluster cluster, String group, String version, String kind, String plural)
            throws InterruptedException {
        JsonNode definition = TestCluster.json("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: PLURAL.GROUP, namespace: ''}
                spec:
                  group: GROUP
                  scope: Namespaced
                  names: {kind: KIND, plural: PLURAL}
                  versions:
                  - {name: VERSION, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
                """.replace("PLURAL", plural)
                .replace("GROUP", group)
                .replace("KIND", kind)
                .replace("VERSION", version));
        cluster.apply(definition, true);
        cluster.await(
                        ResourceName.of(definition, ""),
                        Duration.ofSeconds(20),
                        found -> found.path("status")
                                        .path("conditions")
                                        .toString()
                                        .contains("\"Established\",\"status\":\"True\"")
                                || found.path("status")
                                        .path("conditions")
                                        .toString()
                                        .matches(".*\"status\":\"True\",\"type\":\"Established\".*"))
                .orElseThrow();
        awaitServed(cluster, new ResourceName(group + "/" + version, kind, "ml", ""));
    }

    /** A moment after it is known, or allowed, the API server still refuses to list it. */
    static void awaitServed(Cluster cluster, ResourceName like) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            try {
                cluster.list(like, "");
                return;
            } catch (DeliveryException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("the API server does not serve " + like);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
