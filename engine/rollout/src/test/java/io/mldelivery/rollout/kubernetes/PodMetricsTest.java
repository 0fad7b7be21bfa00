package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.FaultyProxy;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.analysis.VersionCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods of the real API server whose address is this machine, where a server tells what ours would. */
@ExtendWith(SharedCluster.class)
class PodMetricsTest {
    private static final String METRICS = """
            mldelivery_requests_total{model="flights",version="2",code="200"} 90
            mldelivery_requests_total{model="flights",version="2",code="500"} 10
            """;
    private static final ResourceName POD = new ResourceName("v1", "Pod", "ml", "scraped");

    private static TestCluster real;
    private static Cluster cluster;
    private static HttpServer server;
    private static int status = 200;

    @BeforeAll
    static void start() throws Exception {
        real = SharedCluster.running();
        cluster = real.connect();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = METRICS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        cluster.apply(TestCluster.json("""
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: scraped
                          labels: {app.kubernetes.io/managed-by: mldelivery, mldelivery.io/target: scraped, mldelivery.io/key: "2"}
                        spec: {containers: [{name: serving, image: "s:1"}]}
                        """), true);
        await("Running", "/status/phase");
        real.patchStatus(
                "/api/v1/namespaces/ml/pods/scraped",
                "{\"status\": {\"podIP\": \"127.0.0.1\", \"podIPs\": [{\"ip\": \"127.0.0.1\"}]}}");
        await("127.0.0.1", "/status/podIP");
    }

    private static void await(String value, String pointer) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            boolean there = cluster.known(POD, Template.OURS)
                    .filter(pod -> pod.at(pointer).asText().equals(value))
                    .isPresent();
            if (there) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException(cluster.find(POD).toString());
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        cluster.delete(POD);
        cluster.close();
    }

    private static PodMetrics at(int port) {
        return new PodMetrics(cluster, "ml", "scraped", port, "/metrics");
    }

    @Test
    void shouldAskEachPodItself() {
        VersionCounts counts = at(server.getAddress().getPort()).counts("flights", "2", "2");

        assertThat(counts.requests()).isEqualTo(100);
        assertThat(counts.failures()).isEqualTo(10);
        assertThat(at(server.getAddress().getPort()).counts("flights", "3", "3"))
                .isEqualTo(VersionCounts.NONE);
    }

    @Test
    void shouldSayWhichPodDoesNotTell() {
        status = 503;
        try {
            assertThatThrownBy(() -> at(server.getAddress().getPort()).counts("flights", "2", "2"))
                    .hasMessageContaining("pod scraped answers 503 to /metrics");
        } finally {
            status = 200;
        }
        assertThatThrownBy(() -> at(1).counts("flights", "2", "2"))
                .hasMessageContaining("pod scraped does not tell its metrics")
                .hasMessageContaining("that this machine reaches the pods");
    }

    /** What a broken network makes of answers is never taken for fewer failures. */
    @Test
    void shouldNeverTakeHalfAnAnswerForOne() throws IOException {
        try (var proxy = new FaultyProxy(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), 5)) {
            proxy.faults(0.7);
            int failed = 0;
            for (int i = 0; i < 40; i++) {
                try {
                    VersionCounts counts = at(proxy.address().getPort()).counts("flights", "2", "2");
                    assertThat(counts.requests()).isEqualTo(100);
                    assertThat(counts.failures()).isEqualTo(10);
                } catch (DeliveryException e) {
                    assertThat(e).hasMessageContaining("pod scraped");
                    failed++;
                }
            }
            assertThat(failed).isBetween(5, 35);
            assertThat(proxy.happened()).hasSizeGreaterThan(4);
        }
    }
}
