package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.report.BuildReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private EvidenceLog log;

    @BeforeEach
    void writeEvidence() {
        log = EvidenceLog.at(home.resolve("jobs/flights/builds/4/evidence.jsonl"));
        log.append("build.started", Map.of("job", "flights", "number", 4));
    }

    private int report(String... arguments) {
        var line = new CommandLine(new ReportCommand()).setOut(new PrintWriter(out));
        line.setExecutionExceptionHandler((error, at, result) -> {
            out.write(error.getMessage());
            return 64;
        });
        return line.execute(arguments);
    }

    @Test
    void shouldWriteThePageOfTheNewestBuildBesideItsEvidence() {
        assertThat(report("--home", home.toString())).isZero();

        Path page = home.resolve("jobs/flights/builds/4/report.html");
        assertThat(page).content().contains("<title>flights #4</title>");
        assertThat(out.toString().trim()).isEqualTo(page.toString());
    }

    @Test
    void shouldWriteWhereItIsTold() throws IOException {
        Path page = home.resolve("a page.html");
        Files.writeString(page, "old");

        assertThat(report("--home", home.toString(), "--build", "4", "--output", page.toString()))
                .isZero();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
        assertThat(home).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(report("--home", home.toString(), "--build", "9")).isEqualTo(64);
        assertThat(out.toString()).contains("there is no evidence of build 9");
        assertThat(report(
                        "--home",
                        home.toString(),
                        "--output",
                        home.resolve("no/page.html").toString()))
                .isEqualTo(64);
        assertThat(out.toString()).contains("cannot write");
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldServeThePageAndItsNewestDocument() throws Exception {
        try (ReportServer server = ReportServer.start(0, () -> BuildReport.of(log))) {
            assertThat(get(server.address()).body()).contains("data-follow=\"report.json\"");

            log.append("gate.evaluated", Map.of("outcome", "FAIL", "reason", "too low"));

            assertThat(get(server.address().resolve("report.json")).body()).contains("too low");
            assertThat(get(server.address().resolve("other")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldRefuseAForeignHostName() throws Exception {
        try (ReportServer server = ReportServer.start(0, () -> BuildReport.of(log));
                var socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        try (ReportServer server = ReportServer.start(0, () -> BuildReport.of(log))) {
            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> ReportServer.start(server.address().getPort(), () -> BuildReport.of(log)))
                    .withMessageContaining(
                            "cannot serve on port " + server.address().getPort());
        }
    }
}
