package io.jenkins.plugins.mldelivery.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The part of MLflow's HTTP API that the gate reads: runs and aliases. */
final class FakeMlflow implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new HashMap<>();

    FakeMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void run(String id, String metrics) {
        answers.put("/api/2.0/mlflow/runs/get?" + id, """
                {"run": {"info": {"run_id": "%s", "run_uuid": "%s", "experiment_id": "1", "run_name": "r",
                  "status": "FINISHED", "start_time": 1, "end_time": 2, "artifact_uri": "mlflow-artifacts:/1",
                  "lifecycle_stage": "active"}, "data": {"metrics": [%s], "params": [], "tags": []}}}
                """.formatted(id, id, metrics));
    }

    void champion(String name, String version, String runId) {
        answers.put("/api/2.0/mlflow/registered-models/alias?" + name, """
                {"model_version": {"name": "%s", "version": "%s", "run_id": "%s", "source": "runs:/%s/model",
                  "status": "READY", "creation_timestamp": 1, "last_updated_timestamp": 1, "tags": []}}
                """.formatted(name, version, runId, runId));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String body = answers.entrySet().stream()
                .filter(e -> (path + "?").equals(e.getKey().replaceAll("\\?.*", "?"))
                        && query.contains("=" + e.getKey().replaceAll(".*\\?", "")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"not found\"}");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(body.contains("error_code") ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
