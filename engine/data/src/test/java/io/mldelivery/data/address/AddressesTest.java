package io.mldelivery.data.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressesTest {
    private static final byte[] CSV = "a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private Tables open(String source) {
        Path temporary = folder.resolve("temporary");
        return Tables.open(TableOptions.in(folder).withTemporary(temporary).withEnvironment(environment), source);
    }

    private long rows(String source) throws IOException {
        long rows;
        try (Tables tables = open(source)) {
            rows = tables.read(source).rows();
        }
        try (var left = Files.list(folder.resolve("temporary"))) {
            assertThat(left).isEmpty();
        }
        return rows;
    }

    private void assertRefused(String source, String what, String advice) {
        assertThatThrownBy(() -> open(source).close())
                .hasMessageContaining(what)
                .hasMessageContaining(advice)
                .message()
                .hasLineCount(2)
                .doesNotContain("secret")
                .doesNotContain("hidden");
    }

    private byte[] parquet(String query) throws Exception {
        Path file = folder.resolve("made.parquet");
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    @Test
    void shouldFetchByHttpWithTokenForTheNamedHostOnly() throws IOException {
        List<String> tokens = new CopyOnWriteArrayList<>();
        HttpServer other = server();
        HttpServer server = server();
        try {
            other.createContext("/a.csv", exchange -> {
                tokens.add("other " + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(200, CSV.length);
                exchange.getResponseBody().write(CSV);
                exchange.close();
            });
            server.createContext("/moved.csv", exchange -> {
                tokens.add("first " + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.getResponseHeaders().set("Location", base(other) + "/a.csv");
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            environment.put("MLDELIVERY_DATA_TOKEN", "hidden");
            assertThat(rows(base(server) + "/moved.csv?signature=secret")).isEqualTo(2);
            assertThat(tokens).containsExactly("first Bearer hidden", "other null");
        } finally {
            server.stop(0);
            other.stop(0);
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static String base(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void shouldTryAgainAndThenSayWhatTheServerAnswered() throws IOException {
        int[] left = {1};
        HttpServer server = server();
        try {
            server.createContext("/late.csv", exchange -> {
                exchange.sendResponseHeaders(left[0]-- > 0 ? 503 : 200, left[0] >= 0 ? -1 : 0);
                if (left[0] < 0) {
                    exchange.getResponseBody().write(CSV);
                }
                exchange.close();
            });
            server.createContext("/closed.csv", exchange -> {
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
            });
            server.createContext("/cut.csv", exchange -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write(CSV);
                exchange.close();
            });
            assertThat(rows(base(server) + "/late.csv")).isEqualTo(2);
            assertRefused(base(server) + "/closed.csv?sig=secret", "/closed.csv: the server answered 401", "a token");
            assertRefused(base(server) + "/none.csv", "/none.csv: the server answered 404", "Check the address.");
            assertRefused(base(server) + "/cut.csv", "/cut.csv: cannot be fetched", "Check the address");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldRefuseAddressesThatHoldSecretsOrAreOfAnotherKind() {
        assertRefused("https://me:hidden@example.invalid/a.csv", "holds a user or password", "MLDELIVERY_DATA_TOKEN");
        assertRefused("ftp://example.invalid/a.csv", "ftp is not read", "https, s3 or gs");
        assertRefused("https:///a.csv", "is no address", "https://host/path");
        assertRefused("http://127.0.0.1:1/a.csv", "cannot be fetched", "may reach the host");
    }

    @Test
    void shouldReadObjectsOfS3WithSignedRequests() throws Exception {
        byte[] july = parquet("SELECT range AS a, 'x' AS b FROM range(10)");
        try (FakeStore store = new FakeStore("flights", "eu-north-1")
                .with("2026/month=07/part 1 & ü.parquet", july)
                .with("2026/month=07/part-2.parquet", july)
                .with("2026/month=08/part-1.parquet", july)
                .with("2026/_SUCCESS", new byte[0])
                .with("2026/notes.txt", CSV)) {
            environment.putAll(Map.of(
                    "AWS_ENDPOINT_URL_S3",
                    store.address().toString(),
                    "AWS_REGION",
                    "eu-north-1",
                    "AWS_ACCESS_KEY_ID",
                    FakeStore.KEY,
                    "AWS_SECRET_ACCESS_KEY",
                    FakeStore.SECRET));
            assertThat(rows("s3://flights/2026/month=07/part 1 & ü.parquet")).isEqualTo(10);
            assertThat(rows("s3://flights/2026/**.parquet")).isEqualTo(30);
            assertThat(rows("s3://flights/2026/month=0[7]/*.parquet")).isEqualTo(20);
            assertThat(rows("s3://flights/2026/month=07/")).isEqualTo(20);
            environment.put("AWS_SESSION_TOKEN", FakeStore.SESSION);
            store.failures = 1;
            assertThat(rows("s3://flights/2026/notes.txt")).isEqualTo(2);
            try (Tables tables = open("s3://flights/2026/**.parquet")) {
                var table = tables.read("s3://flights/2026/**.parquet");
                assertThat(table.column("month")).isPresent();
                assertThat(tables.query(
                                "SELECT count(*) FROM " + table.sql() + " WHERE month = 8", row -> row.integer(1)))
                        .containsExactly(10L);
            }
        }
    }

    @Test
    void shouldSayWhatTheStoreRefused() throws IOException {
        try (FakeStore store = new FakeStore("flights", "us-east-1").with("a.csv", CSV)) {
            environment.putAll(Map.of(
                    "AWS_ENDPOINT_URL", store.address().toString(),
                    "AWS_ACCESS_KEY_ID", FakeStore.KEY,
                    "AWS_SECRET_ACCESS_KEY", FakeStore.SECRET));
            assertThat(rows("s3://flights/a.csv")).isEqualTo(2);
            assertRefused("s3://flights/b.csv", "s3://flights/b.csv: the store answered 404", "bucket and path");
            assertRefused("s3://flights/*.parquet", "there is no such object", "bucket and path");
            environment.put("AWS_SECRET_ACCESS_KEY", "hidden");
            assertRefused("s3://flights/a.csv", "the store answered 403", "AWS_SECRET_ACCESS_KEY");
            environment.remove("AWS_SECRET_ACCESS_KEY");
            assertRefused(
                    "s3://flights/a.csv", "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not", "Set both");
            environment.remove("AWS_ACCESS_KEY_ID");
            assertRefused("s3://flights/a.csv", "the store answered 403", "AWS_ACCESS_KEY_ID");
        }
    }

    @Test
    void shouldReadObjectsOfGoogleCloudStorage() throws IOException {
        try (FakeStore store = new FakeStore("flights", "auto").with("a.csv", CSV)) {
            environment.putAll(Map.of(
                    "GCS_ENDPOINT_URL", store.address().toString(),
                    "GCS_ACCESS_KEY_ID", FakeStore.KEY,
                    "GCS_SECRET_ACCESS_KEY", FakeStore.SECRET));
            assertThat(rows("gs://flights/a.csv")).isEqualTo(2);
            environment.put("GOOGLE_OAUTH_ACCESS_TOKEN", "oauth");
            assertThat(rows("gs://flights/*.csv")).isEqualTo(2);
            assertRefused("gs://flights/b.csv", "the store answered 404", "bucket and path");
        }
    }
}
