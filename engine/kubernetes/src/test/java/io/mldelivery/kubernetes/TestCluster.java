package io.mldelivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A real API server with its controllers, scheduler and simulated nodes (kwok), on loopback. Its programs are built by
 * src/test/cluster/build.sh into the folder that MLDELIVERY_TEST_CLUSTER names (default: below the user's cache).
 */
public final class TestCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path scripts;
    private final Path state;

    private TestCluster(Path scripts, Path state) {
        this.scripts = scripts;
        this.state = state;
    }

    /**
     * Starts it, with one CPU node, one GPU node, the namespace {@code ml} and the Gateway API.
     *
     * @param state an empty folder
     */
    public static TestCluster start(Path state) throws IOException, InterruptedException {
        Path programs = programs();
        boolean there = Files.exists(programs.resolve("complete"));
        if (!there && Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(
                    "no test cluster in " + programs + ": run engine/kubernetes/src/test/cluster/build.sh " + programs);
        }
        Assumptions.assumeTrue(
                there, "no test cluster in " + programs + "; engine/kubernetes/src/test/cluster/build.sh builds it");
        Path scripts = Path.of("..", "kubernetes", "src", "test", "cluster")
                .toAbsolutePath()
                .normalize();
        var cluster = new TestCluster(scripts, state.toAbsolutePath());
        cluster.run("up.sh", programs.toString(), cluster.state.toString(), String.valueOf(freePort()));
        cluster.furnish(programs);
        return cluster;
    }

    private static Path programs() {
        String named = System.getenv("MLDELIVERY_TEST_CLUSTER");
        return named == null
                ? Path.of(System.getProperty("user.home"), ".cache", "mldelivery", "test-cluster")
                : Path.of(named);
    }

    /** A port that is free together with the two after it, as far as can be known. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Math.min(socket.getLocalPort(), 60_000);
        }
    }

    private void furnish(Path programs) throws IOException {
        try (Cluster cluster = connect()) {
            cluster.apply(json("apiVersion: v1\nkind: Namespace\nmetadata: {name: ml, namespace: ''}\n"), true);
            for (String file : new String[] {"nodes.yaml", "gateway-crds.yaml"}) {
                applyAll(cluster, programs.resolve(file));
            }
        }
    }

    private static void applyAll(Cluster cluster, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var options = new LoaderOptions();
            options.setCodePointLimit(10_000_000);
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(in)) {
                if (document != null) {
                    com.fasterxml.jackson.databind.node.ObjectNode manifest = JSON.valueToTree(document);
                    manifest.withObjectProperty("metadata").put("namespace", "");
                    awaitEstablished(cluster, cluster.apply(manifest, true));
                }
            }
        }
    }

    /** A custom resource can be used a moment after its definition was accepted. */
    private static void awaitEstablished(Cluster cluster, JsonNode applied) {
        if (applied.path("kind").asText().equals("CustomResourceDefinition")) {
            cluster.await(ResourceName.of(applied, ""), Duration.ofSeconds(20), TestCluster::isEstablished)
                    .orElseThrow();
        }
    }

    private static boolean isEstablished(JsonNode definition) {
        for (JsonNode condition : definition.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Established")
                    && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }

    /** Reads one YAML document. */
    public static JsonNode json(String yaml) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    }

    /** A connection with all rights; its namespace is {@code ml}. */
    public Cluster connect() {
        return ClusterAccess.kubeconfig(state.resolve("admin.kubeconfig"), Optional.empty());
    }

    /** A connection as the user {@code limited}, who has no right but those that a test gives. */
    public Cluster connectLimited() {
        return ClusterAccess.kubeconfig(state.resolve("limited.kubeconfig"), Optional.empty());
    }

    /** Where the API server listens. */
    public URI address() throws IOException {
        String found = Files.readString(state.resolve("admin.kubeconfig"));
        return URI.create(found.replaceAll("(?s).*server: \"([^\"]+)\".*", "$1"));
    }

    /**
     * As {@link #connect} or {@link #connectLimited}, through somebody in between.
     *
     * @param proxy passes on to {@link #address}
     */
    public Cluster connectThrough(URI proxy, boolean isLimited) throws IOException {
        String line =
                Files.readAllLines(state.resolve("pki").resolve("tokens.csv")).get(isLimited ? 1 : 0);
        return ClusterAccess.token(proxy, line.substring(0, line.indexOf(',')), Optional.empty(), "ml");
    }

    /**
     * Changes an object's status, as its controller or the node would.
     *
     * @param path of the object in the API
     * @param change a merge patch
     */
    public void patchStatus(String path, String change) throws IOException, InterruptedException {
        String line =
                Files.readAllLines(state.resolve("pki").resolve("tokens.csv")).get(0);
        try (var proxy = new FaultyProxy(address(), 0)) {
            var request = HttpRequest.newBuilder(proxy.address().resolve(path + "/status"))
                    .header("Authorization", "Bearer " + line.substring(0, line.indexOf(',')))
                    .header("Content-Type", "application/merge-patch+json")
                    .method("PATCH", HttpRequest.BodyPublishers.ofString(change));
            var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }
    }

    /** Ends the API server at once, as a crash does; all else goes on. */
    public void killApiServer() throws IOException {
        Path file = state.resolve("pid").resolve("apiserver");
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(file).trim())).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts the API server again, with all it had stored; does not wait until it answers. */
    public void startApiServer() throws IOException {
        new ProcessBuilder(
                        "bash",
                        "-c",
                        "setsid nohup bash apiserver.sh >>log/apiserver.log 2>&1 </dev/null & echo $! >pid/apiserver")
                .directory(state.toFile())
                .start()
                .onExit()
                .join();
    }

    private void run(String script, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>(
                java.util.List.of("bash", scripts.resolve(script).toString()));
        command.addAll(java.util.List.of(arguments));
        Path log = state.resolveSibling(state.getFileName() + "-" + script + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(script + " failed: " + Files.readString(log));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down.sh", state.toString());
    }
}
