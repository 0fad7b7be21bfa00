package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.http.Download;
import io.mldelivery.registry.http.RestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Artifacts through the server's proxy, {@code /api/2.0/mlflow-artifacts}. */
final class HttpArtifacts implements Artifacts {
    static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";

    private static final Pattern RUN = Pattern.compile("runs:/([^/]+)/?(.*)");
    private static final Pattern PROXIED = Pattern.compile("mlflow-artifacts:(?://[^/]*)?/+(.*)");
    private static final Pattern LOCAL = Pattern.compile("(?:file:(?://)?)?(/.*)");

    private final RestClient rest;
    private final Tracking tracking;
    private final Map<String, String> roots = new ConcurrentHashMap<>();

    HttpArtifacts(RestClient rest, Tracking tracking) {
        this.rest = rest;
        this.tracking = tracking;
    }

    @Override
    public void upload(String runId, String path, Path file) {
        rest.upload(address(runId, path), file);
    }

    @Override
    public List<Artifact> list(String runId, String path) {
        Map<String, String> query = new HashMap<>(Map.of("run_id", runId));
        if (!path.isEmpty()) {
            query.put("path", path);
        }
        List<Artifact> artifacts = new ArrayList<>();
        String token;
        do {
            JsonNode page = rest.get("/api/2.0/mlflow/artifacts/list", query).orFail();
            page.path("files").forEach(file -> artifacts.add(read(file)));
            token = page.path("next_page_token").asText("");
            query.put("page_token", token);
        } while (!token.isEmpty());
        return artifacts;
    }

    private static Artifact read(JsonNode file) {
        return new Artifact(
                file.path("path").asText(),
                file.path("is_dir").asBoolean(),
                file.path("file_size").asLong());
    }

    @Override
    public void download(String runId, String path, Path target) {
        List<Artifact> below = list(runId, path);
        if (below.isEmpty()) {
            file(runId, path, target);
        } else {
            folder(runId, path, below, target);
        }
    }

    private void folder(String runId, String path, List<Artifact> entries, Path target) {
        for (Artifact entry : entries) {
            Path local =
                    inside(target, path.isEmpty() ? entry.path() : entry.path().substring(path.length() + 1));
            if (entry.folder()) {
                folder(runId, entry.path(), list(runId, entry.path()), local);
            } else {
                file(runId, entry.path(), local);
            }
        }
    }

    /** A server must not choose files outside the target. */
    static Path inside(Path target, String name) {
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target.normalize()) || file.equals(target.normalize())) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "MLflow lists an artifact '" + name + "' outside of its folder",
                    "Do not use this run; look for who wrote that artifact.");
        }
        return file;
    }

    private void file(String runId, String path, Path target) {
        try (Download download = rest.download(address(runId, path))) {
            if (download.reply().refused()) {
                throw new DeliveryException(
                        Code.REGISTRY,
                        "run " + runId + " has no artifact '" + path + "' (HTTP "
                                + download.reply().status() + ")",
                        "Check the path among the run's artifacts in MLflow.");
            }
            store(download, target);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "the artifact '" + path + "' could not be stored as " + target + ": " + e.getMessage(),
                    "Check free disk space, permissions and the connection, then run again.",
                    e);
        }
    }

    @Override
    public void fetch(String address, Path target) {
        Matcher run = RUN.matcher(address);
        Matcher proxied = PROXIED.matcher(address);
        Matcher local = LOCAL.matcher(address);
        if (run.matches()) {
            download(run.group(1), run.group(2), target);
        } else if (proxied.matches()) {
            new ProxiedFolder(rest).download(proxied.group(1), target);
        } else if (local.matches() && Files.isDirectory(Path.of(local.group(1)))) {
            new LocalFolder(Path.of(local.group(1))).copy(target);
        } else {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the model's files lie at " + address + ", which cannot be reached from here",
                    "Register it with registerModel, or start MLflow with --serve-artifacts and log the model again.");
        }
    }

    static void store(Download download, Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "." + target.getFileName(), ".part");
        try {
            Files.copy(download.content(), part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String address(String runId, String path) {
        String root = roots.computeIfAbsent(runId, id -> root(tracking.run(id)));
        return PROXY + encode(root) + (path.isEmpty() ? "" : "/" + encode(path));
    }

    private static String root(TrackedRun run) {
        URI uri = URI.create(run.artifactUri());
        if (!"mlflow-artifacts".equals(uri.getScheme())) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "the artifacts of run " + run.runId() + " lie at " + uri.getScheme()
                            + ":, not behind the MLflow server",
                    "Start the server with --serve-artifacts and --artifacts-destination, and use a new experiment.");
        }
        return uri.getPath().replaceAll("^/+", "");
    }

    static String encode(String path) {
        return Stream.of(path.split("/")).map(RestClient::encode).collect(Collectors.joining("/"));
    }
}
