package io.jenkins.plugins.mldelivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.report.BuildReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What a browser makes of the build's page under a Content-Security-Policy stricter than Jenkins' own: nothing inline,
 * nothing from elsewhere. The page is made of the view's own links, scripts and main panel.
 */
class EvidencePageBrowserTest {
    private static final Path VIEW =
            Path.of("src/main/resources/io/jenkins/plugins/mldelivery/evidence/EvidenceAction/index.jelly");
    private static final String ADJUNCTS = "/jenkins/adjuncts/1a2b3c4d";
    private static final String BUILD = "/jenkins/job/flights/12/model-delivery/";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; report-uri /violations";

    @TempDir
    private Path folder;

    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private EvidenceLog evidence;

    @BeforeEach
    void serve() throws IOException {
        evidence = EvidenceLog.at(folder.resolve("evidence.jsonl"));
        evidence.append("build.started", Map.of("job", "flights", "number", 12));
        evidence.append(
                "gate.evaluated",
                Map.of(
                        "outcome", "FAIL",
                        "reason", "roc_auc 0.61 is below <b>0.62</b>.",
                        "rules",
                                List.of(Map.of(
                                        "metric",
                                        "roc_auc",
                                        "kind",
                                        "threshold",
                                        "candidate",
                                        0.61,
                                        "limit",
                                        0.62,
                                        "outcome",
                                        "FAIL",
                                        "reason",
                                        "below the limit"))));
        evidence.append("build.finished", Map.of("result", "FAILURE", "durationSeconds", 3.5));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/violations")) {
                violations.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            } else if (path.equals(BUILD)) {
                answer(exchange, "text/html", page().getBytes(StandardCharsets.UTF_8));
            } else if (path.equals("/inline")) {
                answer(exchange, "text/html", "<p style='color: red'>x</p>".getBytes(StandardCharsets.UTF_8));
            } else if (path.equals(BUILD + "report")) {
                byte[] json = BuildReport.of(evidence).json().toString().getBytes(StandardCharsets.UTF_8);
                answer(exchange, "application/json", json);
            } else {
                resource(exchange, path);
            }
        }
    }

    private static void resource(HttpExchange exchange, String path) throws IOException {
        String name = path.startsWith(ADJUNCTS) ? path.substring(ADJUNCTS.length()) : "/none";
        try (InputStream in = EvidencePageBrowserTest.class.getResourceAsStream(name)) {
            if (in == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer(exchange, name.endsWith(".css") ? "text/css" : "text/javascript", in.readAllBytes());
            }
        }
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** The view's own elements in the page that Jenkins' layout would put around them. */
    private static String page() {
        try {
            var view = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(VIEW.toFile());
            return "<!DOCTYPE html><html><head><title>t</title>" + elements(view.getElementsByTagName("l:header"))
                    + "</head><body><main>" + elements(view.getElementsByTagName("l:main-panel"))
                    + "</main></body></html>";
        } catch (Exception e) {
            throw new IllegalStateException(VIEW.toString(), e);
        }
    }

    private static String elements(NodeList parents) {
        var html = new StringBuilder();
        for (Node child = parents.item(0).getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                html.append('<').append(element.getTagName());
                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                    Node attribute = element.getAttributes().item(i);
                    String value = attribute.getNodeValue().replace("${resources}", ADJUNCTS + "/io");
                    html.append(' ')
                            .append(attribute.getNodeName())
                            .append("=\"")
                            .append(value)
                            .append('"');
                }
                html.append("></").append(element.getTagName()).append('>');
            }
        }
        return html.toString();
    }

    private String dom(String path, String... options) throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(part -> Files.isExecutable(Path.of(part, "chromium")));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("CI needs Chromium: apt-get install chromium").isTrue();
        }
        assumeTrue(there, "Chromium is not installed: apt-get install chromium");
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--virtual-time-budget=4000",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.addAll(
                List.of("--dump-dom", "http://127.0.0.1:" + server.getAddress().getPort() + path));
        Path output = folder.resolve("dom.html");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("chromium.log").toFile())
                .start();
        boolean ended = process.waitFor(45, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("Chromium ended within 45 s").isTrue();
        return Files.readString(output);
    }

    @Test
    void shouldShowTheReportWithNothingInline() throws Exception {
        String dom = dom(BUILD);

        assertThat(dom)
                .contains("<h1>flights <span>#12</span></h1>", "mld-chip mld-fail", "id=\"gate\"")
                .contains("roc_auc 0.61 is below &lt;b&gt;0.62&lt;/b&gt;.")
                .doesNotContain(" style=", " onclick=");
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldLetTheKeyboardReachEverySectionAndTable() throws Exception {
        String dom = dom(BUILD, "--window-size=390,800");

        assertThat(dom)
                .contains("<nav aria-label=\"Summary of the steps\">", "<a href=\"#gate\">")
                .contains("<section id=\"gate\" class=\"mld-card\" aria-labelledby=\"gate-title\" tabindex=\"-1\">")
                .contains(
                        "class=\"mld-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Metrics against their limits\"");
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldHearOfViolations() throws Exception {
        dom("/inline");

        assertThat(violations).singleElement().asString().contains("style-src");
    }
}
