package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    @TempDir
    Path folder;

    private Frames frames;

    @BeforeEach
    void makeFrames() {
        frames = new Frames(folder);
    }

    private void parquet(String name, String select) throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + folder.resolve(name) + "' (FORMAT parquet)");
        }
    }

    @Test
    void shouldLeaveNestedColumnsOutAndSayWhenOneBecameFlat() throws SQLException {
        parquet(
                "r.parquet",
                "SELECT range AS x, {'a': range} AS s, [range] AS l, map([1], [range]) AS m FROM range(300)");
        parquet("c.parquet", "SELECT range AS x, range AS s, [range] AS l, map([1], [range]) AS m FROM range(300)");
        DriftVerdict verdict = frames.check("policy: calibrated").compare("r.parquet", "c.parquet");
        assertThat(verdict.columns()).extracting(column -> column.name()).containsExactly("x");
        assertThat(verdict.reason()).contains("column 's' was other (STRUCT(a BIGINT)) and is numeric (BIGINT)");
        assertThat(frames.check("policy: calibrated")
                        .compare("r.parquet", "r.parquet")
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldCountWhatIsUnusualOverAllRowsOfASampledTable() throws SQLException {
        String rows = " FROM range(30000) t(i)";
        parquet("r.parquet", "SELECT i / 3 AS x, i AS n, i::FLOAT AS f" + rows);
        parquet(
                "c.parquet",
                "SELECT CASE i WHEN 7 THEN 'nan'::DOUBLE WHEN 8 THEN '-inf'::DOUBLE WHEN 9 THEN NULL ELSE i / 3 END AS x,"
                        + " CASE WHEN i % 1000 = 1 THEN NULL ELSE i END AS n,"
                        + " CASE i WHEN 5 THEN 'inf'::FLOAT ELSE i::FLOAT END AS f" + rows);

        var document =
                DriftJson.of(frames.check("sample: {rows: 1000, seed: 3}").compare("r.parquet", "c.parquet"));

        assertThat(document.get("sampled").asBoolean()).isTrue();
        assertThat(document.at("/columns/0/nulls/current").asLong()).isEqualTo(2);
        assertThat(document.at("/columns/0/infinite/current").asLong()).isEqualTo(1);
        assertThat(document.at("/columns/1/nulls/current").asLong()).isEqualTo(30);
        assertThat(document.at("/columns/2/infinite/current").asLong()).isEqualTo(1);
        assertThat(document.at("/columns/0/nulls/reference").asLong()).isZero();
        assertThat(document.at("/columns/0/statistics/ks/statistic").asDouble()).isBetween(0.0, 0.1);
    }

    @Test
    void shouldDrawTextsAndTimesLikeNumbers() throws SQLException {
        String columns = "i % 9000 AS n, TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS at,"
                + " repeat('one two three four ', 1 + (i % 3)::INT) || i AS t FROM range(20000) t(i)";
        parquet("r.parquet", "SELECT " + columns);

        var verdict = frames.check("sample: {rows: 2000, seed: 3}\ndatetime: {method: ks, threshold: 0.05}")
                .compare("r.parquet", "r.parquet");

        assertThat(verdict.columns()).extracting(column -> column.name()).containsExactly("n", "at", "t");
        assertThat(verdict.columns())
                .allSatisfy(column -> assertThat(column.value()).hasValue(0));
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldNameTruncatedFileAndDuplicateColumns() throws Exception {
        frames.write("r.csv", "x,y", 300, i -> i + "," + i);
        parquet("whole.parquet", "SELECT range AS x, range AS y FROM range(50000)");
        byte[] whole = Files.readAllBytes(folder.resolve("whole.parquet"));
        Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(folder.resolve("latin.csv"), "x,y\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        frames.write("twice.csv", "x,x", 3, i -> i + "," + i);
        var check = frames.check("policy: calibrated");
        assertThatThrownBy(() -> check.compare("r.csv", "cut.parquet"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("cut.parquet: not a complete Parquet file");
        assertThatThrownBy(() -> check.compare("r.csv", "latin.csv"))
                .hasMessageContaining("latin.csv:2: not UTF-8 text");
        assertThatThrownBy(() -> check.compare("r.csv", "twice.csv"))
                .hasMessageContaining("two columns are called 'x'");
    }

    @Test
    void shouldSayWhatIsMissingWhenEveryValueIsGone() throws IOException {
        frames.write("r.csv", "x,k,day", 300, i -> i + "," + "ab".charAt(i % 2) + ",2026-07-" + (10 + i % 20));
        frames.write("head.csv", "x,k,day", 0, i -> "");
        frames.write("one.csv", "x,k,day", 1, i -> "1,a,2026-07-10");
        frames.write("gone.csv", "x,k,day", 300, i -> ",,");
        var check = frames.check("policy: calibrated");
        assertThat(check.compare("r.csv", "head.csv").reason()).startsWith("the current data has 0 rows; 100 more");
        assertThat(check.compare("r.csv", "one.csv").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(check.compare("r.csv", "gone.csv").reason())
                .contains("column 'x': missing values rose from 0 % to 100 %")
                .contains("column 'day': missing values rose");
        assertThat(check.compare("gone.csv", "gone.csv").outcome()).isEqualTo(Outcome.PASS);
        var profile = check.profile("r.csv");
        assertThat(check.compare(profile, "head.csv").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(check.compare(profile, "gone.csv").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldSpillUnderSmallMemoryLimitAndSaySo() throws IOException {
        String filling = "x".repeat(300);
        frames.write("r.csv", "n,t", 300_000, i -> i + "," + filling + i);
        Path temporary = Files.createDirectory(folder.resolve("spill"));
        TableOptions options = TableOptions.in(folder)
                .withMemoryBytes(64L << 20)
                .withTemporary(temporary)
                .withThreads(1);
        DriftVerdict verdict = new DriftCheck(options, DriftPolicy.calibrated()).compare("r.csv", "r.csv");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.measured().notes())
                .singleElement()
                .asString()
                .matches("\\d+ MiB lie in temporary files, because the memory limit is 64 MiB");
        assertThat(Files.list(temporary)).isEmpty();
    }
}
