package io.mldelivery.rollout.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.Json;
import io.mldelivery.rollout.machine.Instance;
import io.mldelivery.rollout.metrics.ServingMetrics;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One version's serving process on this machine. */
final class ServingProcess {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Deployment deployment;

    /** @param folder the target's */
    ServingProcess(Path folder, Deployment deployment) {
        this.folder = folder;
        this.deployment = deployment;
    }

    private Path file() {
        return folder.resolve("instances").resolve(deployment.key() + ".json");
    }

    private Path output() {
        return folder.resolve("logs").resolve("serving-" + deployment.key() + ".log");
    }

    void ensure(Path jar, Path models, Optional<String> drill) {
        List<String> arguments = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-jar",
                jar.toString(),
                "--models",
                deployment.model() + "=" + models,
                "--version",
                deployment.version(),
                "--port",
                "0",
                "--management-port",
                "0"));
        drill.ifPresent(fault -> arguments.addAll(List.of("--drill", fault)));
        Processes.ensure(
                file(), output(), Map.of("model", deployment.model(), "version", deployment.version()), arguments);
    }

    Instance instance() {
        Optional<ProcessFile> known = Json.read(file(), ProcessFile.class);
        if (known.isEmpty()) {
            return Instance.absent();
        }
        if (Processes.find(known.get()).isEmpty()) {
            return known.get().stoppingSince() > 0 || known.get().pid() == 0
                    ? Instance.absent()
                    : Instance.dead(Listening.lastLine(output()));
        }
        return Listening.in(output()).map(this::health).orElse(Instance.starting());
    }

    /** 200: ready; 503 with status failed: the model cannot be served; anything else: not yet. */
    private Instance health(JsonNode ports) {
        try {
            Http.Answer answer = Http.send(
                    who(),
                    Http.to(ports.path("managementPort").asInt(), "/health/ready", TIMEOUT)
                            .build());
            return answer.status() == 200 ? Instance.ready() : notReady(JSON.readTree(answer.body()));
        } catch (DeliveryException e) {
            return new Instance(Instance.Phase.STARTING, e.what());
        } catch (IOException e) {
            return new Instance(Instance.Phase.STARTING, "its answer to /health/ready is no JSON");
        }
    }

    private static Instance notReady(JsonNode answer) {
        String reason = StreamSupport.stream(answer.path("models").spliterator(), false)
                .map(model -> model.path("reason").asText(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        boolean failed = answer.path("status").asText().equals("failed");
        return failed ? Instance.dead(reason) : new Instance(Instance.Phase.STARTING, reason);
    }

    /** The port that answers predictions. */
    int port() {
        return ports().path("port").asInt();
    }

    /** The same; empty while it has not opened it. */
    Optional<Integer> openPort() {
        return Listening.in(output()).map(ports -> ports.path("port").asInt());
    }

    private JsonNode ports() {
        return Listening.in(output())
                .orElseThrow(() -> new DeliveryException(
                        Code.SERVING,
                        who() + " has not opened its ports: " + Listening.lastLine(output()),
                        "Look into " + output() + "."));
    }

    private String who() {
        return "the serving process of " + deployment.label();
    }

    VersionCounts counts() {
        Http.Answer answer = Http.send(
                who(),
                Http.to(ports().path("managementPort").asInt(), "/metrics", TIMEOUT)
                        .build());
        if (answer.status() != 200) {
            throw new DeliveryException(
                    Code.SERVING,
                    who() + " answers " + answer.status() + " to /metrics",
                    "Look into " + output() + ".");
        }
        try {
            return ServingMetrics.read(answer.body(), deployment.model());
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(
                    Code.SERVING,
                    who() + " sends no readable metrics: " + e.getMessage(),
                    "Look into " + output() + ".",
                    e);
        }
    }

    /** The status of one prediction, asked for past the proxy. */
    int predict(String body) {
        return Http.send(
                        who(),
                        Http.to(port(), "/predictions/" + deployment.model(), Duration.ofSeconds(10))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build())
                .status();
    }

    void stop(Duration drain) {
        Processes.stop(file(), drain);
    }
}
