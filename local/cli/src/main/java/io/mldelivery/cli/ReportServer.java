package io.mldelivery.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.report.BuildReport;
import io.mldelivery.report.ReportPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves one build's report on the loopback address only: the page at {@code /} and its document at
 * {@code /report.json}. A request that names another host is refused, so that no foreign page can read the report.
 */
final class ReportServer implements AutoCloseable {
    private static final String DOCUMENT = "report.json";

    private final HttpServer server;
    private final Supplier<BuildReport> report;

    private ReportServer(HttpServer server, Supplier<BuildReport> report) {
        this.server = server;
        this.report = report;
        handle("/", "text/html; charset=utf-8", current -> ReportPage.following(current, DOCUMENT));
        handle("/" + DOCUMENT, "application/json", current -> current.json().toString());
    }

    /**
     * Starts serving.
     *
     * @param port 0 takes a free one
     * @param report asked at each request
     */
    static ReportServer start(int port, Supplier<BuildReport> report) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var server = new ReportServer(HttpServer.create(address, 0), report);
            server.server.start();
            return server;
        } catch (IOException | IllegalArgumentException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot serve on port " + port + ": " + e.getMessage(),
                    "Use --serve 0 for a free port.",
                    e);
        }
    }

    URI address() {
        return URI.create("http://" + host() + "/");
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(String path, String type, Function<BuildReport, String> content) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, path, type, content);
            }
        });
    }

    private void answer(HttpExchange exchange, String path, String type, Function<BuildReport, String> content)
            throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (!host().equals(host) && !host().replace("127.0.0.1", "localhost").equals(host)) {
            send(exchange, 403, "text/plain", "this report is served to " + host() + " only");
        } else if (!exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, 404, "text/plain", "not found");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            send(exchange, 405, "text/plain", "only GET");
        } else {
            sendReport(exchange, type, content);
        }
    }

    private void sendReport(HttpExchange exchange, String type, Function<BuildReport, String> content)
            throws IOException {
        try {
            send(exchange, 200, type, content.apply(report.get()));
        } catch (DeliveryException e) {
            send(exchange, 500, "text/plain; charset=utf-8", e.getMessage());
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
