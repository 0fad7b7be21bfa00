package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mldelivery serve} as a process of its own, whose builds are processes too. */
class ServeCommandTest {
    private static final String SECRET = "a shared secret";
    private static final Pattern ADDRESS = Pattern.compile("Listening at (http://\\S+/)ml-delivery-webhook/NAME");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private Path log;
    private Process server;

    @BeforeEach
    void prepare() throws IOException {
        log = folder.resolve("serve.log");
        Files.writeString(folder.resolve("triggers.yaml"), """
                triggers:
                - {name: retrain, sender: github, secret: HOOK, jenkinsfile: work/Jenkinsfile, parameters: {WHY: push}}
                """);
        Files.createDirectory(folder.resolve("work"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly().waitFor();
        }
    }

    private void pipeline(String script) throws IOException {
        Files.writeString(folder.resolve("work/Jenkinsfile"), script);
    }

    private void serve(String secret) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(
                "serve",
                "--triggers",
                folder.resolve("triggers.yaml").toString(),
                "--port",
                "0",
                "--home",
                folder.resolve("home").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HOOK", secret);
        server = builder.start();
    }

    private Matcher await(Path file, Pattern line) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            Matcher found = line.matcher(Files.exists(file) ? Files.readString(file) : "");
            if (found.find()) {
                return found;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(file + " never said " + line + ":\n" + Files.readString(log));
    }

    private HttpResponse<String> push(String commit) throws Exception {
        URI address = URI.create(await(log, ADDRESS).group(1)).resolve("ml-delivery-webhook/retrain");
        String body =
                "{\"ref\":\"refs/heads/main\",\"after\":\"" + commit + "\",\"repository\":{\"full_name\":\"a/b\"}}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("X-GitHub-Event", "push")
                .header(
                        "X-Hub-Signature-256",
                        "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Path buildLog() throws IOException {
        try (Stream<Path> logs = Files.list(folder.resolve("home/retraining-logs"))) {
            return logs.findFirst().orElseThrow();
        }
    }

    @Test
    void shouldRunTheBuildThatAnEventAsksForWithinTheBudget() throws Exception {
        pipeline("node { echo \"because of a ${params.WHY}\"; sh 'echo \"[${HOOK:-no secret here}]\"' }");
        serve(SECRET);

        assertThat(push("9d817a14").statusCode()).isEqualTo(202);
        await(log, Pattern.compile("work: the build ended with exit code 0"));

        assertThat(buildLog()).content().contains("because of a push", "[no secret here]", "Finished: SUCCESS");
        assertThat(push("aaaaaaaa").body()).contains("\"ignored\"", "less than 60 min ago");
        assertThat(folder.resolve("home/retraining.jsonl"))
                .content()
                .contains("push of 9d817a14 to main of a/b", "\"exitCode\":0")
                .doesNotContain("aaaaaaaa");
    }

    @Test
    void shouldEndItsBuildsWhenItIsToldToEnd() throws Exception {
        pipeline("node { sh 'echo asleep; sleep 300' }");
        serve(SECRET);
        push("9d817a14");
        await(log, Pattern.compile("retrain: push of 9d817a14"));
        await(buildLog(), Pattern.compile("(?m)^asleep"));
        List<ProcessHandle> builds = server.descendants().toList();

        server.destroy();

        assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(builds)
                .isNotEmpty()
                .allSatisfy(process -> assertThat(process.onExit()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertThat(buildLog()).content().contains("Finished: ABORTED");
        assertThat(folder.resolve("home/retraining.jsonl")).content().contains("\"exitCode\":4");
    }

    @Test
    void shouldNotStartWithoutTheSecret() throws Exception {
        pipeline("node { }");
        serve("");

        assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(Main.USAGE);
        assertThat(log).content().contains("trigger retrain: the environment variable HOOK is not set");
    }
}
