package io.mldelivery.rollout.targets;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ClusterAccess;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How the cluster of a target is reached: the file's part {@code cluster}, else KUBECONFIG, else the pod's service account. */
final class ClusterSection {
    /** One connection for each way in, kept between looks; it holds no thread while nobody asks. */
    private static final Map<String, Cluster> CONNECTED = new ConcurrentHashMap<>();

    private final Optional<ConfigNode> node;
    private final String namespace;

    ClusterSection(ConfigNode root) {
        this.node = root.find("cluster");
        this.namespace = root.findText("namespace").orElse("default");
    }

    void check() {
        node.ifPresent(cluster -> {
            cluster.rejectUnknownKeys("kubeconfig", "context", "server", "tokenVariable", "authority");
            if (cluster.find("server").isPresent() == cluster.find("kubeconfig").isPresent()) {
                throw cluster.wrong(
                        "exactly one of kubeconfig and server is needed",
                        "Leave out cluster altogether to use KUBECONFIG or the pod's service account.");
            }
            if (cluster.find("server").isPresent()
                    != cluster.find("tokenVariable").isPresent()) {
                throw cluster.wrong("server and tokenVariable belong together");
            }
        });
    }

    Cluster connect(Map<String, String> environment) {
        if (node.isEmpty()) {
            return surroundings(environment);
        }
        ConfigNode cluster = node.get();
        return cluster.find("kubeconfig").isPresent()
                ? kubeconfig(Path.of(cluster.get("kubeconfig").text()), cluster.findText("context"))
                : token(cluster, environment);
    }

    private Cluster surroundings(Map<String, String> environment) {
        String named = environment.getOrDefault("KUBECONFIG", "");
        Path usual = Path.of(System.getProperty("user.home"), ".kube", "config");
        if (!named.isEmpty() || Files.exists(usual)) {
            return kubeconfig(named.isEmpty() ? usual : Path.of(named), Optional.empty());
        }
        return CONNECTED.computeIfAbsent("in-cluster", any -> ClusterAccess.inCluster());
    }

    private static Cluster kubeconfig(Path file, Optional<String> context) {
        return CONNECTED.computeIfAbsent(
                file + "|" + context + "|" + changed(file), any -> ClusterAccess.kubeconfig(file, context));
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0; // connecting says what is wrong
        }
    }

    private Cluster token(ConfigNode cluster, Map<String, String> environment) {
        String variable = cluster.get("tokenVariable").text();
        String token = environment.getOrDefault(variable, "");
        if (token.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the environment variable " + variable + " is not set where the rollout runs",
                    "Set it there, in Jenkins by withCredentials around the step.");
        }
        String server = cluster.get("server").text();
        Optional<byte[]> authority = cluster.findText("authority").map(file -> bytes(Path.of(file)));
        return CONNECTED.computeIfAbsent(
                server + "|" + token.hashCode() + "|" + cluster.findText("authority"),
                any -> ClusterAccess.token(URI.create(server), token, authority, namespace));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG, "cannot read the certificate authority " + file, "Check cluster.authority.", e);
        }
    }
}
