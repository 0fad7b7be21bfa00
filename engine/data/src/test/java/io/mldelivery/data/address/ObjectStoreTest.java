package io.mldelivery.data.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.data.Column;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a server of S3 (S3Proxy, with its objects in memory) that asks for signatures of Amazon's version 4. */
class ObjectStoreTest {
    private static final String ID = "flights-reader";
    private static final String SECRET = "hidden/word+and=signs";

    @TempDir
    private static Path folder;

    private static BlobStoreContext context;
    private static S3Proxy server;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        context = ContextBuilder.newBuilder(new TransientApiMetadata())
                .credentials("any", "any")
                .build(BlobStoreContext.class);
        BlobStore store = context.getBlobStore();
        store.createContainerInLocation(null, "flights");
        put("scored/july.csv", "delay,carrier\n12.5,DL\n,UA\n-3,DL\n".getBytes(StandardCharsets.UTF_8));
        for (int month = 6; month <= 8; month++) {
            for (int part = 0; part < 2; part++) {
                put("flights/month=2026-0" + month + "/part " + part + "+ü.parquet", parquet(month, part));
            }
        }
        put("flights/_SUCCESS", new byte[0]);
        server = S3Proxy.builder()
                .blobStore(store)
                .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
    }

    private static void put(String key, byte[] content) {
        BlobStore store = context.getBlobStore();
        store.putBlob("flights", store.blobBuilder(key).payload(content).build());
    }

    private static byte[] parquet(int month, int part) throws Exception {
        Path file = folder.resolve(month + "-" + part + ".parquet");
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT range + " + 1000 * month + " AS distance, 'c' || range % 3 AS carrier FROM"
                    + " range(500)) TO '" + file + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        context.close();
    }

    @BeforeEach
    void credentials() {
        environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.getPort());
        environment.put("AWS_ACCESS_KEY_ID", ID);
        environment.put("AWS_SECRET_ACCESS_KEY", SECRET);
    }

    private Tables open(String source) {
        var options = TableOptions.in(folder).withTemporary(folder.resolve("temporary"));
        return Tables.open(options.withEnvironment(environment), source);
    }

    private void assertRefused(String source, String line, String advice) {
        assertThatThrownBy(() -> open(source).close())
                .message()
                .startsWith(line)
                .contains(advice)
                .hasLineCount(2)
                .doesNotContain(SECRET, "Signature", ID);
        assertThat(folder.resolve("temporary"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
    }

    @Test
    void shouldReadAPartitionedDatasetWithCredentials() {
        for (String source : List.of("s3://flights/flights/", "s3://flights/flights/**.parquet")) {
            try (Tables tables = open(source)) {
                var table = tables.read(source);
                assertThat(table.rows()).isEqualTo(3000);
                assertThat(table.columns()).extracting(Column::name).containsExactly("distance", "carrier", "month");
                assertThat(tables.query(
                                "SELECT month || ' ' || count(*) || ' ' || min(distance) FROM " + table.sql()
                                        + " GROUP BY month ORDER BY month",
                                row -> row.text(1)))
                        .containsExactly("2026-06 1000 6000", "2026-07 1000 7000", "2026-08 1000 8000");
            }
        }
    }

    @Test
    void shouldReadOnePartitionAndOneFile() {
        try (Tables tables = open("s3://flights/flights/month=2026-07/*.parquet")) {
            assertThat(tables.read("s3://flights/flights/month=2026-07/*.parquet")
                            .rows())
                    .isEqualTo(1000);
        }
        try (Tables tables = open("s3://flights/flights/month=2026-07/part 0+ü.parquet")) {
            assertThat(tables.read("s3://flights/flights/month=2026-07/part 0+ü.parquet")
                            .rows())
                    .isEqualTo(500);
        }
        try (Tables tables = open("s3://flights/scored/july.csv")) {
            var table = tables.read("s3://flights/scored/july.csv");
            assertThat(tables.query("SELECT avg(delay) FROM " + table.sql(), row -> row.number(1)))
                    .containsExactly(4.75);
        }
    }

    /** The store lists at most 1,000 objects at a time. */
    @Test
    void shouldListEverythingWhenTheStoreAnswersInParts() throws Exception {
        for (int i = 0; i < 1010; i++) {
            put("many/log-%04d.txt".formatted(i), new byte[] {'x'});
        }
        put("many/z.parquet", parquet(1, 0));
        try (Tables tables = open("s3://flights/many/*.parquet")) {
            assertThat(tables.read("s3://flights/many/*.parquet").rows()).isEqualTo(500);
        }
    }

    @Test
    void shouldSayWithoutSecretsWhatTheStoreRefuses() {
        String csv = "s3://flights/scored/july.csv";
        assertRefused("s3://flights/scored/june.csv", "s3://flights/scored/june.csv: the store answered 404", "path");
        assertRefused("s3://elsewhere/", "s3://elsewhere/: the store answered 404", "Check the bucket and path.");
        assertRefused("s3://flights/none/*.csv", "s3://flights/none/*.csv: there is no such object", "path");

        environment.put("AWS_SECRET_ACCESS_KEY", "another");
        assertRefused(csv, csv + ": the store answered 403", "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        assertRefused("s3://flights/flights/", "s3://flights/flights/: the store answered 403", "of someone who may");
        environment.put("AWS_ACCESS_KEY_ID", "nobody");
        assertRefused(csv, csv + ": the store answered 403", "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.remove("AWS_SECRET_ACCESS_KEY");
        assertRefused(csv, csv + ": the store answered 403", "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
}
