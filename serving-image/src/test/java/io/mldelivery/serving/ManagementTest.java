package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models come and go while the server runs. */
class ManagementTest {

    private static final String TOKEN = "s3cret-token";

    @TempDir
    Path root;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        for (String name : new String[] {"one", "two", "broken"}) {
            Files.createDirectory(root.resolve(name));
            Files.copy(
                    TestServer.MODELS.resolve("cancer/model.onnx"),
                    root.resolve(name).resolve("model.onnx"));
        }
        Files.writeString(root.resolve("broken/model.onnx"), "none");
        Path token = Files.writeString(root.resolve("token"), TOKEN + "\n");
        server = TestServer.start(
                "--models",
                "cancer:1=" + root.resolve("one"),
                "--model-root",
                root.toString(),
                "--token-file",
                token.toString());
        server.awaitReady();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> manage(String method, String path, String token) {
        return server.send(HttpRequest.newBuilder(server.managementUri(path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private HttpResponse<String> predict(String path) {
        return server.post(path, TestServer.cancerRows(1));
    }

    private static String version(HttpResponse<String> reply) {
        return reply.headers().firstValue("X-Model-Version").orElseThrow();
    }

    @Test
    void shouldAnswerWithTheNewVersionWhenItIsRegistered() {
        assertThat(version(predict("/predictions/cancer"))).isEqualTo("1");

        HttpResponse<String> reply = manage("POST", "/models?url=two&model_name=cancer&model_version=2", TOKEN);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(version(predict("/predictions/cancer"))).isEqualTo("2");
        assertThat(version(predict("/predictions/cancer/1"))).isEqualTo("1");
    }

    @Test
    void shouldFallBackToTheOldVersionWhenTheNewOneIsUnregistered() {
        manage("POST", "/models?url=two&model_name=cancer&model_version=2", TOKEN);

        assertThat(manage("DELETE", "/models/cancer/2", TOKEN).statusCode()).isEqualTo(200);

        assertThat(version(predict("/predictions/cancer"))).isEqualTo("1");
        assertThat(predict("/predictions/cancer/2").statusCode()).isEqualTo(404);
        assertThat(server.metrics()).doesNotContain("version=\"2\"");
    }

    @Test
    void shouldLoseNoRequestWhileVersionsAreSwapped() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger good = new AtomicInteger();
        AtomicInteger bad = new AtomicInteger();
        Thread client = new Thread(() -> {
            while (!stop.get()) {
                (predict("/predictions/cancer").statusCode() == 200 ? good : bad).incrementAndGet();
            }
        });
        client.start();
        for (int version = 2; version < 12; version++) {
            int before = good.get() + bad.get();
            manage("POST", "/models?url=two&model_name=cancer&model_version=" + version, TOKEN);
            manage("DELETE", "/models/cancer/" + (version - 1), TOKEN);
            while (client.isAlive() && good.get() + bad.get() < before + 2) {
                Thread.sleep(1);
            }
        }
        stop.set(true);
        client.join();

        assertThat(bad).hasValue(0);
        assertThat(good).hasValueGreaterThan(10);
        assertThat(version(predict("/predictions/cancer"))).isEqualTo("11");
    }

    @Test
    void shouldStayReadyAndSayDegradedWhenANewVersionDoesNotLoad() {
        HttpResponse<String> reply = manage("POST", "/models?url=broken&model_name=cancer&model_version=2", TOKEN);

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).contains("CORRUPT_MODEL");
        assertThat(server.get("/health/ready").body()).contains("degraded", "FAILED", "CORRUPT_MODEL");
        assertThat(version(predict("/predictions/cancer"))).isEqualTo("1");
        assertThat(predict("/predictions/cancer/2").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldNotBeReadyWhenANewModelDoesNotLoad() {
        manage("POST", "/models?url=broken&model_name=other&model_version=1", TOKEN);

        assertThat(server.get("/ping").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/ready").body()).contains("failed", "other");
    }

    @Test
    void shouldTakeAFailedVersionAgainWhenItIsRepaired() throws IOException {
        manage("POST", "/models?url=broken&model_name=other&model_version=1", TOKEN);
        Files.copy(
                root.resolve("one/model.onnx"),
                root.resolve("broken/model.onnx"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(manage("POST", "/models?url=broken&model_name=other&model_version=1", TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseWithoutTheToken() {
        assertThat(manage("POST", "/models?url=two&model_name=cancer&model_version=2", "guess")
                        .statusCode())
                .isEqualTo(401);
        assertThat(manage("DELETE", "/models/cancer/1", "guess").body()).contains("UNAUTHORIZED");
        assertThat(predict("/predictions/cancer").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAFolderOutsideTheRoot() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), TestServer.MODELS.toAbsolutePath());
        for (String url : new String[] {"../..", "/etc", "link/cancer", "nowhere", "one/model.onnx", "%00"}) {
            HttpResponse<String> reply = manage("POST", "/models?url=" + url + "&model_version=2", TOKEN);
            assertThat(reply.statusCode()).as(url).isEqualTo(400);
            assertThat(reply.body()).contains("BAD_OPTION");
        }
    }

    @Test
    void shouldRefuseAVersionThatIsServed() {
        HttpResponse<String> reply = manage("POST", "/models?url=two&model_name=cancer&model_version=1", TOKEN);

        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(reply.body()).contains("CONFLICT");
    }

    @Test
    void shouldListModelsWithoutAToken() {
        assertThat(server.send(HttpRequest.newBuilder(server.managementUri("/models/cancer"))
                                .build())
                        .body())
                .contains("\"modelName\":\"cancer\",\"version\":\"1\"", "\"status\":\"READY\"");
        assertThat(server.get("/models").statusCode())
                .as("on the port for predictions")
                .isEqualTo(404);
        assertThat(server.get("/metrics").statusCode())
                .as("on the port for predictions")
                .isEqualTo(404);
    }

    @Test
    void shouldAnswerAtOnceWhenNotSynchronous() {
        HttpResponse<String> reply =
                manage("POST", "/models?url=two&model_name=cancer&model_version=2&synchronous=false", TOKEN);

        assertThat(reply.statusCode()).isEqualTo(202);
        server.await("/v2/models/cancer/versions/2/ready", 200);
    }
}
