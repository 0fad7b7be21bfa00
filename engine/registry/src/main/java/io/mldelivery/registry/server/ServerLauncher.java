package io.mldelivery.registry.server;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.ProcessIdentity;
import io.mldelivery.python.PythonEnvironment;
import io.mldelivery.python.PythonEnvironments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts the server's processes under the guard script. */
final class ServerLauncher {
    private static final int OLDEST_PYTHON = 11;
    private static final String GRACE_SECONDS = "60";
    private static final int TAIL = 3;
    private static final Map<String, String> SETTINGS = Map.of(
            "MLFLOW_DISABLE_TELEMETRY", "true",
            "DO_NOT_TRACK", "true",
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false",
            "PYTHONUNBUFFERED", "1",
            "PYTHONNOUSERSITE", "1");

    private final ServerFolder folder;
    private final PythonEnvironment python;
    private final Map<String, String> environment;

    ServerLauncher(ServerFolder folder, PythonEnvironment python, Map<String, String> environment) {
        this.folder = folder;
        this.python = python;
        this.environment = environment;
    }

    static PythonEnvironment prepare(Path cache, Map<String, String> environment, Consumer<String> log)
            throws InterruptedException {
        return new PythonEnvironments(cache, environment, log)
                .prepare("mlflow.lock", resource("mlflow.lock"), OLDEST_PYTHON);
    }

    private static String resource(String name) {
        try (InputStream content = ServerLauncher.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the jar lacks " + name, e);
        }
    }

    ServerState launch(int port) throws IOException {
        Files.createDirectories(folder.artifacts());
        Path guard = Files.writeString(folder.path().resolve("guard.py"), resource("guard.py"));
        ProcessBuilder builder = new ProcessBuilder(command(guard, port))
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.log().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_") || name.startsWith("PYTHON"));
        builder.environment().putAll(environment);
        builder.environment().putAll(SETTINGS);
        Process process = builder.start();
        return new ServerState(ProcessIdentity.of(process.toHandle()), port);
    }

    private List<String> command(Path guard, int port) {
        String interpreter = python.python().toString();
        return List.of(
                interpreter,
                "-I",
                "-S",
                guard.toString(),
                folder.owners().toString(),
                GRACE_SECONDS,
                interpreter,
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.database(),
                "--artifacts-destination",
                folder.artifacts().toString(),
                "--serve-artifacts");
    }

    boolean portWasTaken() throws IOException {
        return Files.readString(folder.log()).contains("address already in use");
    }

    DeliveryException failure(int port) throws IOException {
        List<String> lines = Files.readString(folder.log())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        String tail = lines.stream()
                .skip(Math.max(0, lines.size() - TAIL))
                .map(String::strip)
                .collect(Collectors.joining(" | "));
        return new DeliveryException(
                Code.ENVIRONMENT,
                "the MLflow server on port " + port + " did not start; it said: " + (tail.isEmpty() ? "nothing" : tail),
                portWasTaken()
                        ? "Run again: ports are being taken faster than the server starts."
                        : "Read " + folder.log() + "; set MLFLOW_TRACKING_URI to use another server.");
    }
}
