package io.mldelivery.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClient;

/** Both ways to a server that misbehaves as told. */
class TransportTest {
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(10));

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldTryAgainWhatIsSafeWhileTheServerIsBusy() {
        answers.addAll(List.of("503 busy", "502 busy", "200 {\"a\": 1}"));

        assertThat(rest(Map.of()).get("/x", Map.of()).orFail().path("a").asInt())
                .isEqualTo(1);
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldSendWhatCreatesOnlyOnceUnlessTheServerSaysItDidNothing() {
        answers.addAll(List.of("429 slow down", "503 busy"));

        assertThatThrownBy(() -> rest(Map.of()).send("POST", "/runs/create", Map.of(), Repeat.UNSAFE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("answered HTTP 503 to POST /runs/create");
        assertThat(requests).hasSize(2);
    }

    @Test
    void shouldSendABodyWithDelete() {
        answers.add("200 {}");

        rest(Map.of())
                .send("DELETE", "/alias", Map.of("alias", "champion"), Repeat.SAFE)
                .orFail();

        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("DELETE /alias")
                .endsWith("{\"alias\":\"champion\"}");
    }

    @Test
    void shouldSendCredentialsAndNeverShowThem() {
        answers.add("401 no");
        RestClient rest = rest(Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "s3cret"));

        assertThatThrownBy(() -> rest.get("/x", Map.of())).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.REGISTRY);
            assertThat(e.getMessage())
                    .contains("HTTP 401")
                    .contains("MLFLOW_TRACKING_TOKEN")
                    .doesNotContain("s3cret");
            assertThat(e.getMessage().lines()).hasSize(2);
        });
        assertThat(requests.get(0)).contains("Basic YW5uOnMzY3JldA==");
    }

    @Test
    void shouldSendATokenByBothWays() {
        answers.addAll(List.of("200 {}", "200 {\"run\": {\"info\": {\"run_id\": \"r\"}}}"));
        Map<String, String> token = Map.of("MLFLOW_TRACKING_TOKEN", "t0ken");

        rest(token).get("/x", Map.of());
        calls(token, Duration.ofSeconds(5)).call("run", mlflow -> mlflow.getRun("r"));

        assertThat(requests).allMatch(request -> request.contains("Bearer t0ken"));
    }

    @Test
    void shouldNotShowCredentialsOfTheAddress() {
        URI address = URI.create("http://ann:s3cret@127.0.0.1:1");
        RestClient rest = new RestClient(address, Credentials.of(address, Map.of()), QUICK);

        assertThatThrownBy(() -> rest.get("/x", Map.of()))
                .hasMessageContaining("http://127.0.0.1:1 does not answer")
                .hasMessageContaining("connection refused")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> new RestClient(URI.create("ftp://ann:s3cret@host"), null, QUICK))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseHalfOfAnAccount() {
        assertThatThrownBy(() -> Credentials.of(address(), Map.of("MLFLOW_TRACKING_USERNAME", "ann")))
                .hasMessageContaining("MLFLOW_TRACKING_PASSWORD is not set");
    }

    @Test
    void shouldSayThatItIsNotMlflow() {
        answers.addAll(List.of("200 <html>welcome</html>", "404 <html>no</html>", "200 <html>welcome</html>"));

        assertThatThrownBy(() -> rest(Map.of()).get("/x", Map.of())).hasMessageContaining("is not MLflow");
        assertThatThrownBy(() -> rest(Map.of()).get("/x", Map.of())).hasMessageContaining("is not MLflow");
        assertThatThrownBy(() -> calls(Map.of(), Duration.ofSeconds(5)).call("run", mlflow -> mlflow.getRun("r")))
                .hasMessageContaining("is not MLflow");
    }

    @Test
    void shouldGiveUpOnAServerThatNeverAnswersThroughMlflowsClient() {
        answers.addAll(List.of("hang", "hang", "hang"));
        ClientCalls calls = calls(Map.of(), Duration.ofMillis(300));

        assertThatThrownBy(() -> calls.call("runs/get of r", mlflow -> mlflow.getRun("r")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("does not answer runs/get of r: no answer within the time limit");
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldPassOnWhyTheServerRefusedMlflowsClient() {
        String refusal = "404 {\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"Run 'r' not found\"}";
        answers.addAll(Collections.nCopies(10, refusal));

        assertThatThrownBy(() -> calls(Map.of(), Duration.ofSeconds(5))
                        .call("runs/get of r", (MlflowClient mlflow) -> mlflow.getRun("r")))
                .hasMessageContaining("MLflow refused runs/get of r: RESOURCE_DOES_NOT_EXIST: Run 'r' not found");
    }

    private RestClient rest(Map<String, String> environment) {
        return new RestClient(address(), Credentials.of(address(), environment), QUICK);
    }

    private ClientCalls calls(Map<String, String> environment, Duration limit) {
        return new ClientCalls(address(), Credentials.of(address(), environment), QUICK, limit);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        String answer;
        synchronized (answers) {
            answer = answers.remove();
        }
        if (answer.equals("hang")) {
            return; // the connection stays open without an answer
        }
        byte[] content = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }
}
