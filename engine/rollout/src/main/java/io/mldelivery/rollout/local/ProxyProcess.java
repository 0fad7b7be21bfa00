package io.mldelivery.rollout.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Agreement;
import io.mldelivery.rollout.control.Json;
import io.mldelivery.rollout.metrics.PrometheusText;
import io.mldelivery.rollout.proxy.ProxyMain;
import io.mldelivery.rollout.proxy.Routes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The target's proxy: started when needed, on the port it had before, and told the routes. */
final class ProxyProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Path folder;

    /** @param folder the target's */
    ProxyProcess(Path folder) {
        this.folder = folder;
    }

    /** The proxy's ports. */
    private record Ports(int port, int adminPort) {}

    private Path processFile() {
        return folder.resolve("proxy.json");
    }

    private Path portsFile() {
        return folder.resolve("proxy-ports.json");
    }

    private Path output() {
        return folder.resolve("logs").resolve("proxy.log");
    }

    /** Where clients send their requests; empty before the proxy ran for the first time. */
    Optional<String> address() {
        return Json.read(portsFile(), Ports.class).map(ports -> "http://127.0.0.1:" + ports.port());
    }

    Routes routes() {
        return Routes.parse(admin("GET", "/routes", ""));
    }

    void routes(Routes routes) {
        admin("PUT", "/routes", routes.text());
    }

    void replay(String order) {
        admin("PUT", "/replay", order);
    }

    /** Ends the replay if the proxy lives. */
    void endReplay() {
        if (lives()) {
            admin("DELETE", "/replay", "");
        }
    }

    /** How the answers to copies compare; empty while there was no copy. */
    Optional<Agreement> agreement() {
        List<PrometheusText.Sample> copies = samples().stream()
                .filter(sample -> sample.name().equals("mldelivery_proxy_mirrored_total"))
                .toList();
        return copies.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Agreement(count(copies, "same"), count(copies, "different"), count(copies, "failed")));
    }

    private List<PrometheusText.Sample> samples() {
        return PrometheusText.parse(admin("GET", "/metrics", ""));
    }

    /** What clients got of a version. */
    Answers answers(String version) {
        return Answers.of(version, samples());
    }

    private static long count(List<PrometheusText.Sample> copies, String result) {
        return (long) copies.stream()
                .filter(sample -> result.equals(sample.labels().get("result")))
                .mapToDouble(PrometheusText.Sample::value)
                .sum();
    }

    boolean lives() {
        return Json.read(processFile(), ProcessFile.class)
                .flatMap(Processes::find)
                .isPresent();
    }

    void stop() {
        Processes.stop(processFile(), Duration.ofSeconds(1));
    }

    private String admin(String method, String path, String body) {
        Ports ports = running();
        var request = Http.to(ports.adminPort(), path, TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        Http.Answer answer = Http.send("the proxy of " + folder.getFileName(), request);
        if (answer.status() != 200) {
            throw new DeliveryException(
                    Code.SERVING,
                    "the proxy of " + folder.getFileName() + " refuses " + method + " " + path + ": "
                            + answer.body().trim(),
                    "Look into " + output() + ".");
        }
        return answer.body();
    }

    private Ports running() {
        Optional<Ports> known = Json.read(portsFile(), Ports.class);
        if (lives() && known.isPresent()) {
            return known.get();
        }
        return start(known);
    }

    private Ports start(Optional<Ports> before) {
        token();
        Path jar = folder.resolve("proxy.jar");
        if (!lives()) {
            ProxyJar.write(jar);
        }
        Processes.ensure(
                processFile(),
                output(),
                Map.of("role", "proxy"),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        jar.toString(),
                        ProxyMain.class.getName(),
                        folder.resolve("routes.properties").toString(),
                        tokenFile().toString(),
                        before.map(ports -> String.valueOf(ports.port())).orElse("0"),
                        "0"));
        Ports ports = awaitPorts();
        Json.write(portsFile(), ports);
        return ports;
    }

    private Ports awaitPorts() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<JsonNode> line = Listening.in(output());
            if (line.isPresent()) {
                return new Ports(
                        line.get().path("port").asInt(),
                        line.get().path("adminPort").asInt());
            }
            if (!lives()) {
                throw new DeliveryException(
                        Code.SERVING,
                        "the proxy ended at once: " + Listening.lastLine(output()),
                        "If its port is taken, end the program that uses it, or remove " + portsFile() + ".");
            }
            pause();
        }
        throw new DeliveryException(
                Code.TIMEOUT,
                "the proxy did not listen within " + PATIENCE.toSeconds() + " s",
                "Look into " + output() + ".");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException(Code.SERVING, "interrupted while the proxy started", "Run again.", e);
        }
    }

    private Path tokenFile() {
        return folder.resolve("token");
    }

    private String token() {
        try {
            if (!Files.exists(tokenFile())) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                Files.createDirectories(folder);
                createPrivate(tokenFile());
                Files.writeString(tokenFile(), HexFormat.of().formatHex(random));
            }
            return Files.readString(tokenFile()).trim();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot use " + tokenFile() + ": " + e.getMessage(),
                    "Make the file readable and writable for this user.",
                    e);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }
}
