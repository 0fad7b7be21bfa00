package io.mldelivery.gate.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The model server as a child process. A shell stands between: it ends the server when its own input closes, which
 * happens even when this process is killed.
 */
final class ServingChild {
    private static final String UNTIL_INPUT_ENDS =
            "\"$0\" \"$@\" </dev/null & p=$!; exec 1>&-; cat >/dev/null; kill $p 2>/dev/null; wait $p";

    /** All that the server inherits: no secret of the build comes along. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

    private final Process shell;
    private final Path log;
    private final JsonNode ports;

    private ServingChild(Process shell, Path log, JsonNode ports) {
        this.shell = shell;
        this.log = log;
        this.ports = ports;
    }

    static ServingChild start(Path jar, Path model, Path work, String label) {
        Path log = work.resolve("serving.log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command(jar, model)).redirectError(log.toFile());
            builder.environment().keySet().retainAll(INHERITED);
            Process shell = builder.start();
            BufferedReader out = shell.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine(); // the end of its output, when it dies first
            if (line == null) {
                ServingChild dead = new ServingChild(shell, log, null);
                dead.stop();
                throw new DeliveryException(
                        Code.SERVING,
                        label + " cannot be run" + LastWords.in(log),
                        "Check MLDELIVERY_SERVING and the model's folder.");
            }
            return new ServingChild(shell, log, new ObjectMapper().readTree(line));
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    label + " cannot be run: " + e.getMessage(),
                    "Check the Java runtime and MLDELIVERY_SERVING.",
                    e);
        }
    }

    private static List<String> command(Path jar, Path model) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                "/bin/sh",
                "-c",
                UNTIL_INPUT_ENDS,
                java,
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-jar",
                jar.toString(),
                "--models",
                "model=" + model,
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--management-port",
                "0",
                "--grace",
                "2",
                "--drain-delay",
                "0");
    }

    int port() {
        return ports.path("port").asInt();
    }

    int managementPort() {
        return ports.path("managementPort").asInt();
    }

    /** The last line of the server's log, for messages; empty when it said nothing. */
    String lastWords() {
        return LastWords.in(log);
    }

    /** Ends the server and waits for it. */
    void stop() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(15, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
