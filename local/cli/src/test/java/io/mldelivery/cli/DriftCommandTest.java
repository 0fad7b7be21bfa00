package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DriftCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTables() throws IOException {
        table("r.csv", 0);
        table("c.csv", 400);
    }

    private void table(String name, int shift) throws IOException {
        StringBuilder text = new StringBuilder("x,score,late\n");
        for (int i = 0; i < 500; i++) {
            text.append(i + shift)
                    .append(',')
                    .append(i % 10 / 10.0)
                    .append(',')
                    .append(i % 3 == 0 ? 1 : 0)
                    .append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void shouldWriteEveryReportAndKeepHistory() throws IOException {
        for (int i = 1; i <= 2; i++) {
            int code = run(
                    new DriftCommand(),
                    "--reference",
                    path("r.csv"),
                    "--current",
                    path("c.csv"),
                    "--history",
                    path("h.jsonl"),
                    "--name",
                    "check " + i,
                    "--html",
                    path("d.html"),
                    "--markdown",
                    path("d.md"),
                    "--metrics",
                    path("d.prom"),
                    "--model",
                    "flights");
            assertThat(code).isEqualTo(1);
        }
        assertThat(Files.readAllLines(folder.resolve("h.jsonl"))).hasSize(2);
        assertThat(folder.resolve("d.html")).content().contains("Last 2 checks").contains("check 2");
        assertThat(folder.resolve("d.md")).content().contains("| x | ks");
        assertThat(folder.resolve("d.prom")).content().contains("drifted_columns{model=\"flights\"} 1");
    }

    @Test
    void shouldCheckAgainstProfileThatKnowsTheModel() throws IOException {
        Files.writeString(folder.resolve("drift.yaml"), "model: {prediction: score, label: late, metric: brier}\n");
        assertThat(run(
                        new ProfileCommand(),
                        "--reference",
                        path("r.csv"),
                        "--policy",
                        path("drift.yaml"),
                        "--output",
                        path("p.profile")))
                .isZero();
        out.getBuffer().setLength(0);
        int code = run(
                new DriftCommand(),
                "--reference",
                path("p.profile"),
                "--current",
                path("r.csv"),
                "--policy",
                path("drift.yaml"),
                "--json");
        assertThat(err.toString()).isEmpty();
        var document = new ObjectMapper().readTree(out.toString());
        assertThat(document.at("/performance/0/kind").asText()).isEqualTo("realised");
        assertThat(document.at("/performance/1/kind").asText()).isEqualTo("estimated");
        assertThat(code).isZero();
    }

    @Test
    void shouldPushMetricsAndSayWhenGatewayRefuses() throws IOException {
        var body = new AtomicReference<String>();
        var status = new AtomicReference<>(200);
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/metrics/job/drift", exchange -> {
            body.set(exchange.getRequestMethod()
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        gateway.start();
        try {
            String url = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/metrics/job/drift";
            String[] arguments = {"--reference", path("r.csv"), "--current", path("r.csv"), "--push", url};
            assertThat(run(new DriftCommand(), arguments)).isZero();
            assertThat(body.get()).startsWith("PUT# HELP mldelivery_drift_outcome");
            status.set(500);
            assertThat(run(new DriftCommand(), arguments)).isEqualTo(3);
            assertThat(err.toString()).contains("answered 500");
        } finally {
            gateway.stop(0);
        }
    }
}
