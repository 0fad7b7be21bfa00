package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @TempDir
    Path folder;

    private TestServer serve(String options) throws IOException {
        Files.copy(TestServer.MODELS.resolve("cancer/model.onnx"), folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("serving.properties"), options);
        TestServer server = TestServer.start("--models", "cancer=" + folder);
        server.awaitReady();
        return server;
    }

    @Test
    void shouldComputeEqualInputsOnceWhenThereIsACache() throws IOException {
        try (TestServer server = serve("cache_size=10\n")) {
            String first =
                    server.post("/predictions/cancer", TestServer.cancerRows(1)).body();
            String inOtherWords = TestServer.cancerRows(1).replace("\"inputs\"", " \"instances\" ");

            assertThat(server.post("/predictions/cancer", TestServer.cancerRows(1))
                            .body())
                    .isEqualTo(first);
            assertThat(server.post("/predictions/cancer", inOtherWords).body()).isEqualTo(first);
            server.post("/predictions/cancer", TestServer.cancerRows(2));

            assertThat(server.metrics().lines())
                    .contains(
                            "mldelivery_cache_requests_total{model=\"cancer\",version=\"1\",result=\"hit\"} 2",
                            "mldelivery_cache_requests_total{model=\"cancer\",version=\"1\",result=\"miss\"} 2",
                            "mldelivery_batch_rows_count{model=\"cancer\",version=\"1\"} 2",
                            "mldelivery_requests_total{model=\"cancer\",version=\"1\",code=\"200\"} 4");
        }
    }

    @Test
    void shouldComputeEachTimeWhenThereIsNone() throws IOException {
        try (TestServer server = serve("concurrency_limit=adaptive\n")) {
            server.post("/predictions/cancer", TestServer.cancerRows(1));
            server.post("/predictions/cancer", TestServer.cancerRows(1));

            assertThat(server.metrics())
                    .contains("mldelivery_batch_rows_count{model=\"cancer\",version=\"1\"} 2")
                    .contains("mldelivery_concurrency_limit{model=\"cancer\",version=\"1\"} ")
                    .doesNotContain("mldelivery_cache_requests_total");
        }
    }
}
