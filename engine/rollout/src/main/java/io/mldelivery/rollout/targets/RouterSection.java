package io.mldelivery.rollout.targets;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.rollout.kubernetes.AccessRules.Rule;
import io.mldelivery.rollout.kubernetes.Delegate;
import io.mldelivery.rollout.kubernetes.FieldRouter;
import io.mldelivery.rollout.kubernetes.HttpRouteRouter;
import io.mldelivery.rollout.kubernetes.IngressRouter;
import io.mldelivery.rollout.kubernetes.ReplicaRouter;
import io.mldelivery.rollout.kubernetes.TrafficRouter;
import io.mldelivery.rollout.kubernetes.VirtualServiceRouter;
import java.util.List;
import java.util.Optional;

/** The part {@code router} of a target's file. */
final class RouterSection {
    private static final int DEFAULT_PORT = 80;

    private enum Kind {
        HTTP_ROUTE,
        VIRTUAL_SERVICE,
        INGRESS,
        REPLICAS,
        FIELDS
    }

    private final ConfigNode node;
    private final Kind kind;

    RouterSection(ConfigNode node) {
        this.node = node;
        this.kind = node.get("kind").choice(Kind.class);
    }

    /** Refuses what is wrong before anything begins. */
    void check() {
        switch (kind) {
            case HTTP_ROUTE, VIRTUAL_SERVICE -> {
                node.rejectUnknownKeys("kind", "name", "port");
                name();
                port();
            }
            case INGRESS -> {
                node.rejectUnknownKeys("kind", "name");
                name();
            }
            case REPLICAS -> {
                node.rejectUnknownKeys("kind", "pods");
                pods();
            }
            case FIELDS -> {
                name();
                node.rejectUnknownKeys(
                        "kind",
                        "delegate",
                        "name",
                        "apiVersion",
                        "of",
                        "candidateWeight",
                        "stableWeight",
                        "candidateName",
                        "stableName");
                checkFields();
            }
        }
    }

    TrafficRouter router(Cluster cluster, String namespace, String target) {
        return switch (kind) {
            case HTTP_ROUTE -> new HttpRouteRouter(cluster, namespace, name(), target, port());
            case VIRTUAL_SERVICE -> new VirtualServiceRouter(cluster, namespace, name(), target, port());
            case INGRESS -> new IngressRouter(cluster, namespace, name(), target);
            case REPLICAS -> new ReplicaRouter(cluster, namespace, pods());
            case FIELDS ->
                new FieldRouter(
                        cluster, new ResourceName(apiVersion(), objectKind(), namespace, name()), target, fields());
        };
    }

    /** Who keeps the versions' pods besides shifting; empty: we do. */
    Optional<Delegate> keeper() {
        return kind == Kind.FIELDS ? node.find("delegate").map(one -> one.choice(Delegate.class)) : Optional.empty();
    }

    private String apiVersion() {
        return node.get("apiVersion").text();
    }

    private String objectKind() {
        return node.get("of").text();
    }

    private void checkFields() {
        if (keeper().isEmpty()) {
            apiVersion();
            objectKind();
            fields();
            return;
        }
        for (String key :
                List.of("apiVersion", "of", "candidateWeight", "stableWeight", "candidateName", "stableName")) {
            node.find(key).ifPresent(given -> {
                throw given.wrong("the delegate says that already", "Leave out one of them.");
            });
        }
    }

    private FieldRouter.Fields fields() {
        for (String key : List.of("candidateWeight", "stableWeight", "candidateName", "stableName")) {
            node.find(key)
                    .filter(pointer -> !pointer.text().startsWith("/spec/"))
                    .ifPresent(pointer -> {
                        throw pointer.wrong(
                                "'" + pointer.text() + "' does not point into the object's spec",
                                "Write one such as /spec/weight.");
                    });
        }
        return new FieldRouter.Fields(
                node.get("candidateWeight").text(),
                node.findText("stableWeight"),
                node.findText("candidateName"),
                node.findText("stableName"));
    }

    /** The router's object. */
    String name() {
        return node.get("name").text();
    }

    private int port() {
        long port = node.findInteger("port").orElse(DEFAULT_PORT);
        if (port < 1 || port > 65_535) {
            throw node.get("port").wrong("must be from 1 to 65535, got " + port);
        }
        return (int) port;
    }

    private int pods() {
        long pods = node.get("pods").integer();
        if (pods < 2 || pods > 1_000) {
            throw node.get("pods").wrong("must be from 2 to 1000, got " + pods);
        }
        return (int) pods;
    }

    /** What the router reads and writes, beyond the template's objects. */
    List<Rule> rules() {
        return switch (kind) {
            case HTTP_ROUTE ->
                List.of(new Rule("gateway.networking.k8s.io", "httproutes", List.of("get", "list", "watch", "patch")));
            case VIRTUAL_SERVICE ->
                List.of(new Rule("networking.istio.io", "virtualservices", List.of("get", "list", "watch", "patch")));
            case INGRESS ->
                List.of(new Rule(
                        "networking.k8s.io",
                        "ingresses",
                        List.of("get", "list", "watch", "create", "patch", "delete")));
            case REPLICAS -> List.of(new Rule("apps", "deployments", List.of("get", "list", "watch", "patch")));
            case FIELDS ->
                keeper().map(Delegate::rules)
                        .orElseGet(() -> List.of(new Rule(
                                apiVersion().replaceAll("/.*", ""),
                                plural(objectKind()),
                                List.of("get", "list", "watch", "patch"))));
        };
    }

    private static String plural(String kind) {
        String lower = kind.toLowerCase(java.util.Locale.ROOT);
        return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }
}
