package io.mldelivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How refusals of an API server are told; that the requests are right is tested with a real one. */
class ClusterTest {
    private static final ResourceName DEPLOYMENT = new ResourceName("apps/v1", "Deployment", "ml", "flights");

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldNameTheMissingRule() {
        answer(403, """
                {"kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403, "message":
                 "deployments.apps \\"flights\\" is forbidden: User \\"system:serviceaccount:ml:jenkins\\" cannot get resource \\"deployments\\" in API group \\"apps\\" in the namespace \\"ml\\""}""");

        try (Cluster cluster = cluster()) {
            assertThatThrownBy(() -> cluster.find(DEPLOYMENT))
                    .satisfies(ClusterTest::isNoMatterOfWaiting)
                    .hasMessageContaining(
                            "reading Deployment ml/flights: system:serviceaccount:ml:jenkins may not get deployments in namespace ml")
                    .hasMessageContaining(
                            "Add to its Role: {apiGroups: [\"apps\"], resources: [\"deployments\"], verbs: [\"get\"]}.");
        }
    }

    /** A rollout that cannot start for such a reason ends at once. */
    private static void isNoMatterOfWaiting(Throwable problem) {
        assertThat(problem)
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        known -> assertThat(known.code()).isEqualTo(Code.CONFIG));
    }

    @Test
    void shouldSayThatAnAnswerIsCutOff() {
        answer(200, "{\"kind\": \"Deployment\", \"metadata\": {\"name\": \"fli");

        try (Cluster cluster = cluster()) {
            assertThatThrownBy(() -> cluster.find(DEPLOYMENT))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("reading Deployment ml/flights: the API server's answer is no whole JSON");
        }
    }

    @Test
    void shouldTellAbsentFromRefused() {
        answer(404, "{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": 404, \"message\": \"not found\"}");

        try (Cluster cluster = cluster()) {
            assertThat(cluster.find(DEPLOYMENT)).isEmpty();
        }
    }

    @Test
    void shouldSayWhenAKindIsNotInstalled() {
        answer(404, "404 page not found");

        try (Cluster cluster = cluster()) {
            assertThatThrownBy(() ->
                            cluster.find(new ResourceName("gateway.networking.k8s.io/v1", "HTTPRoute", "ml", "r")))
                    .satisfies(ClusterTest::isNoMatterOfWaiting)
                    .hasMessageContaining("the cluster knows no HTTPRoute of gateway.networking.k8s.io/v1")
                    .hasMessageContaining("Install the custom resource definitions");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAKubeconfig(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("config"), "apiVersion: v1\nkind: Config\n");

        assertThatThrownBy(() -> ClusterAccess.kubeconfig(folder.resolve("none"), Optional.empty()))
                .hasMessageContaining("cannot use the kubeconfig");
        assertThatThrownBy(() -> ClusterAccess.kubeconfig(broken, Optional.of("prod")))
                .hasMessageContaining("config");
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Cluster cluster() {
        return ClusterAccess.token(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token", Optional.empty(), "ml");
    }
}
