package io.mldelivery.rollout.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.fake.Programs;
import io.mldelivery.rollout.plan.MetricPlan;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Debian's Prometheus, over TLS with a password, scraping what a model server would tell. */
class RealPrometheusTest {
    /** bcrypt of "secret". */
    private static final String HASH = "$2b$05$bKgDiwZL9IPx8kn3oCjmTOHLtCo8XPiAl43Wv3dNQp1Ho18TTQgfu";

    private static final Map<String, String> SECRETS = Map.of("PASSWORD", "secret", "WRONG", "guess");
    private static final String METRICS = """
            mldelivery_requests_total{model="flights",version="2",code="200"} 90
            mldelivery_requests_total{model="flights",version="2",code="500"} 10
            mldelivery_request_seconds_bucket{model="flights",version="2",le="0.1"} 60
            mldelivery_request_seconds_bucket{model="flights",version="2",le="+Inf"} 100
            mldelivery_request_seconds_sum{model="flights",version="2"} 12.5
            mldelivery_predicted_classes_total{model="flights",version="2",class="0"} 70
            mldelivery_predicted_classes_total{model="flights",version="2",class="1"} 30
            mldelivery_feedback_total{model="flights",version="2",correct="true"} 8
            mldelivery_feedback_total{model="flights",version="2",correct="false"} 2
            nv_inference_count{model="flights",version="2",status="ok"} 40
            nv_inference_request_success{model="flights",version="2"} 37
            nv_inference_request_failure{model="flights",version="2"} 3
            DJLServingStart_total{Version="0.36.0",version="2"} 1
            Response_4XX_total{Host="pod",version="2"} 3
            Response_5XX_total{Host="pod",version="2"} 2
            Requests2XX{Level="Host",Hostname="pod",version="2"} 45
            Requests5XX{Level="Host",Hostname="pod",version="2"} 5
            :tensorflow:serving:request_count{model_name="flights",status="OK",version="2"} 48
            :tensorflow:serving:request_count{model_name="flights",status="FAILED",version="2"} 2
            :tensorflow:serving:request_latency_bucket{model_name="flights",API="predict",version="2",le="1000"} 30
            :tensorflow:serving:request_latency_bucket{model_name="flights",API="predict",version="2",le="+Inf"} 50
            :tensorflow:serving:request_latency_sum{model_name="flights",API="predict",version="2"} 100000
            odd NaN
            """;

    @TempDir
    static Path folder;

    private static HttpServer scraped;
    private static Process prometheus;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        String program = Programs.require("prometheus");
        scraped = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        scraped.createContext("/metrics", exchange -> {
            byte[] body = METRICS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        scraped.start();
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        certify();
        Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: {scrape_interval: 1s}\nscrape_configs:\n- job_name: serving\n"
                        + "  static_configs: [{targets: ['127.0.0.1:"
                        + scraped.getAddress().getPort() + "']}]\n");
        Files.writeString(
                folder.resolve("web.yml"),
                "tls_server_config: {cert_file: " + folder.resolve("server.pem") + ", key_file: "
                        + folder.resolve("key.pem") + ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: "
                        + folder.resolve("server.pem") + "}\nbasic_auth_users: {rollout: '" + HASH + "'}\n");
        prometheus = new ProcessBuilder(
                        program,
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--web.config.file=" + folder.resolve("web.yml"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--storage.tsdb.path=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await(() -> source("PASSWORD", Clock.systemUTC()).counts("flights", "2", "2"));
    }

    private static void certify() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        Programs.require("openssl"),
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        folder.resolve("server.pem").toString(),
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(openssl.waitFor()).isZero();
        Files.writeString(
                folder.resolve("client.pem"),
                Files.readString(folder.resolve("server.pem")) + Files.readString(folder.resolve("key.pem")));
    }

    private static <T> T await(Supplier<T> question) throws Exception {
        for (int i = 0; ; i++) {
            try {
                return question.get();
            } catch (RuntimeException e) {
                if (i > 150) {
                    throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
                }
                Thread.sleep(100);
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor(10, TimeUnit.SECONDS);
        }
        if (scraped != null) {
            scraped.stop(0);
        }
    }

    private static PrometheusAccess access(String password, boolean trusted) {
        return access(
                password, trusted, Optional.of(folder.resolve("client.pem").toString()));
    }

    private static PrometheusAccess access(String password, boolean trusted, Optional<String> certificate) {
        return new PrometheusAccess(
                "https://127.0.0.1:" + port + "/",
                Optional.empty(),
                Optional.of("rollout"),
                Optional.of(password),
                trusted ? Optional.of(folder.resolve("server.pem").toString()) : Optional.empty(),
                certificate);
    }

    private static PrometheusSource source(String password, Clock clock) {
        return new PrometheusSource(access(password, true), SECRETS, SeriesNames.OURS, Duration.ofSeconds(20), clock);
    }

    @Test
    void shouldReadWhatAVersionAnswered() {
        VersionCounts counts = source("PASSWORD", Clock.systemUTC()).counts("flights", "2", "2");

        assertThat(counts.requests()).isEqualTo(100);
        assertThat(counts.failures()).isEqualTo(10);
        assertThat(counts.latency().possiblyAbove(0.1)).isEqualTo(40);
        assertThat(counts.latency().mean()).isEqualTo(0.125);
        assertThat(counts.classes()).containsEntry("0", 70L).containsEntry("1", 30L);
        assertThat(counts.labelled()).isEqualTo(10);
        assertThat(counts.wrong()).isEqualTo(2);
    }

    @Test
    void shouldReadOtherServersSeries() {
        var own = new SeriesNames("", "nv_inference_count", "status", "ok", "", 1, "model", "version", false);

        assertThat(counts(own)).isEqualTo(new VersionCounts(40, 0, LatencyCounts.NONE));
        assertThat(counts(SeriesNames.TRITON)).isEqualTo(new VersionCounts(40, 3, LatencyCounts.NONE));
        assertThat(counts(SeriesNames.TORCHSERVE)).isEqualTo(new VersionCounts(50, 5, LatencyCounts.NONE));
        // a server that has only failed so far has no counter of successes
        assertThat(counts(SeriesNames.DJL_SERVING)).isEqualTo(new VersionCounts(5, 5, LatencyCounts.NONE));
        VersionCounts tensorFlow = counts(SeriesNames.TF_SERVING);
        assertThat(tensorFlow.requests()).isEqualTo(50);
        assertThat(tensorFlow.failures()).isEqualTo(2);
        assertThat(tensorFlow.latency().possiblyAbove(0.001)).isEqualTo(20);
        assertThat(tensorFlow.latency().mean()).isEqualTo(0.002);
    }

    private static VersionCounts counts(SeriesNames names) {
        return new PrometheusSource(access("PASSWORD", true), SECRETS, names, Duration.ofSeconds(20), Clock.systemUTC())
                .counts("flights", "2", "2");
    }

    /** The server wants to know who we are, too. */
    @Test
    void shouldShowItsCertificate() {
        var withoutOne = new PrometheusSource(
                access("PASSWORD", true, Optional.empty()),
                SECRETS,
                SeriesNames.OURS,
                Duration.ofSeconds(20),
                Clock.systemUTC());

        assertThat(source("PASSWORD", Clock.systemUTC())
                        .counts("flights", "2", "2")
                        .requests())
                .isEqualTo(100);
        assertThatThrownBy(() -> withoutOne.counts("flights", "2", "2"))
                .hasMessageContaining("does not answer")
                .hasMessageContaining("Check its address, its certificate");
    }

    @Test
    void shouldRefuseOldAndFutureSamples() {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
        Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));

        assertThatThrownBy(() -> source("PASSWORD", later).counts("flights", "2", "2"))
                .hasMessageContaining("younger than");
        assertThatThrownBy(() -> source("PASSWORD", earlier).counts("flights", "2", "2"))
                .hasMessageContaining("in the future")
                .hasMessageContaining("Set the clocks");
    }

    @Test
    void shouldSayWhatKeepsItFromMeasuring() {
        assertThatThrownBy(() -> source("PASSWORD", Clock.systemUTC()).counts("flights", "9", "9"))
                .hasMessageContaining("has no series");
        assertThatThrownBy(() -> source("WRONG", Clock.systemUTC()).counts("flights", "2", "2"))
                .hasMessageContaining("answers 401: it does not accept our credentials");
        assertThatThrownBy(() -> source("NOWHERE", Clock.systemUTC()))
                .hasMessageContaining("variable NOWHERE is not set");
        assertThatThrownBy(() -> new PrometheusSource(
                                access("PASSWORD", false),
                                SECRETS,
                                SeriesNames.OURS,
                                Duration.ofSeconds(20),
                                Clock.systemUTC())
                        .counts("flights", "2", "2"))
                .hasMessageContaining("Check its address, its certificate");
    }

    @Test
    void shouldMeasureExactlyOneNumber() throws Exception {
        assertThat(query("sum(mldelivery_requests_total{version=\"${version}\"})"))
                .isEqualTo(100);
        assertThat(query("scalar(sum(mldelivery_requests_total))")).isEqualTo(100);
        // Such a query looks at whole seconds only, and none may have passed since the first scrape.
        assertThat(await(() -> query("max_over_time(sum(mldelivery_requests_total)[1m:1s])")))
                .isEqualTo(100);
        assertThatThrownBy(() -> query("nothing_at_all")).hasMessageContaining("returns nothing for nothing_at_all");
        assertThatThrownBy(() -> query("mldelivery_requests_total")).hasMessageContaining("returns 2 series");
        assertThatThrownBy(() -> query("odd")).hasMessageContaining("returns NaN");
        assertThatThrownBy(() -> query("sum("))
                .hasMessageContaining("answers 400")
                .hasMessageContaining("parse error");
        assertThatThrownBy(() -> query("${pod}")).hasMessageContaining("${pod} in '${pod}' is not known");
    }

    private static double query(String query) {
        var metric = new MetricPlan(
                "m",
                new MetricPlan.Query(query),
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                1,
                Optional.empty(),
                false);
        return new PlannedMetrics(Optional.of(access("PASSWORD", true)), SECRETS)
                .read(metric, Map.of("model", "flights", "version", "2", "key", "2"));
    }

    @Test
    void shouldReadARange() throws Exception {
        var client = new PrometheusClient(access("PASSWORD", true), SECRETS);
        Instant now = Instant.now();

        var matrix = await(() -> {
            var found = client.range(
                    "sum(mldelivery_requests_total)", now.minusSeconds(30), Instant.now(), Duration.ofSeconds(1));
            assertThat(found).hasSize(1);
            return found;
        });
        assertThat(matrix.get(0).path("values").get(0).path(1).asText()).isEqualTo("100");
    }
}
