package io.mldelivery.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.duckdb.DuckDbEngine;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.DriftEngine;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.Levels;
import io.mldelivery.drift.engine.Summary;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkEngineTest {
    @TempDir
    private Path folder;

    private void parquet(String name, String select) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + folder.resolve(name) + "' (FORMAT parquet)");
        }
    }

    private DriftVerdict compare(DriftEngine engine, String policy, String reference, String current) {
        DriftPolicy rules = DriftPolicy.parse("drift.yaml", policy.getBytes(StandardCharsets.UTF_8));
        return new DriftCheck(engine, rules, Optional.empty()).compare(reference, current);
    }

    private DriftVerdict spark(String policy, String reference, String current) {
        return compare(LocalSpark.engine(folder), policy, reference, current);
    }

    private void shouldBeLikeDuckDb(String policy, String reference, String current) {
        var duckdb = new DuckDbEngine(TableOptions.in(folder).withTemporary(folder));
        assertThat(DriftJson.of(spark(policy, reference, current)))
                .isEqualTo(DriftJson.of(compare(duckdb, policy, reference, current)));
    }

    private void shouldRefuse(String policy, String current, String... parts) {
        assertThatThrownBy(() -> spark(policy, current, current))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void shouldReadDelimitedTextAsDuckDbDoes() throws IOException {
        StringBuilder before = new StringBuilder("n;whole;day;at;word;\"odd`name\";none\n");
        StringBuilder now = new StringBuilder(before);
        for (int i = 0; i < 150; i++) {
            String rest = ";" + i % 7 + ";2026-02-0" + (1 + i % 9) + ";2026-02-03 10:" + (10 + i % 40) + ":01;\"w\"\""
                    + i % 5 + "\";" + (i % 3 == 0 ? "NA" : "b") + ";\n";
            before.append(i * 0.5).append(rest);
            now.append(i == 3 ? "inf" : i == 4 ? "" : String.valueOf(i * 1e-1)).append(rest);
        }
        Files.writeString(folder.resolve("r.csv"), before);
        Files.writeString(folder.resolve("c.csv"), now);
        shouldBeLikeDuckDb("policy: calibrated", "r.csv", "c.csv");
    }

    @Test
    void shouldReadFoldersPatternsAndNamesWithWildcards() throws Exception {
        Files.createDirectories(folder.resolve("days/a [1]"));
        parquet("days/a [1]/1.parquet", "SELECT i AS x, 'k' || i % 3 AS k FROM range(200) t(i)");
        parquet("days/a [1]/2.parquet", "SELECT i AS x, 'k' || i % 4 AS k FROM range(100) t(i)");
        shouldBeLikeDuckDb("policy: calibrated", "days/a [1]", "days/*/?.parquet");
    }

    @Test
    void shouldCutWindowAndSeasonAsDuckDbDoes() throws Exception {
        String times = ", TIMESTAMP '2026-03-02 00:30:00' + to_hours(i) AS at FROM range(1000) t(i)";
        parquet("r.parquet", "SELECT (i % 50)::DOUBLE AS x" + times);
        parquet("c.parquet", "SELECT (i % 70)::DOUBLE AS x" + times);
        shouldBeLikeDuckDb(
                "window: {column: at, last: 20d}\nseason: {column: at, by: weekday}", "r.parquet", "c.parquet");
        shouldBeLikeDuckDb(
                "window: {column: at, from: '2026-03-05', to: '2026-03-25'}\nseason: {column: at, by: weekday-hour}",
                "r.parquet",
                "c.parquet");
        shouldRefuse("window: {rows: 100}", "c.parquet", "window.rows: rows have no order on a cluster");
        shouldRefuse("window: {column: x, last: 3d}", "c.parquet", "column 'x' of c.parquet holds no points in time");
    }

    @Test
    void shouldCompareEmbeddingsOfListsAndOfColumns() throws Exception {
        String vectors = "SELECT [i % 10, (i % 7) / 3, NULL][1:2] AS v, (i % 5)::DOUBLE AS e0, (i % 3)::DOUBLE AS e1,"
                + " 1.0 AS other FROM range(300) t(i)";
        parquet("r.parquet", vectors);
        parquet("c.parquet", vectors.replace("i % 5", "i % 9"));
        shouldBeLikeDuckDb("embeddings: {columns: {list: v, split: e*}}", "r.parquet", "c.parquet");
    }

    @Test
    void shouldCountAtMarksOfASampleWhenTheTableIsLarge() throws Exception {
        parquet("r.parquet", "SELECT sin(i) * i AS x, i % 60 AS few, NULL::DOUBLE AS none FROM range(20000) t(i)");
        try (DriftData data = LocalSpark.engine(folder).open(0, "r.parquet")) {
            SparkFrame frame = (SparkFrame) data.read("r.parquet");
            List<Values> sample = frame.numbers(frame.columns(), new Sampling(4000, 1));
            assertThat(sample.get(0).values().length).isBetween(3700, 4300);
            assertThat(frame.numbers(frame.columns(), new Sampling(4000, 1))
                            .get(0)
                            .values())
                    .isEqualTo(sample.get(0).values());
            List<Summary> own = frame.countedAt(frame.columns(), sample);
            List<Summary> exact = frame.summaries(frame.columns());
            assertThat(own.get(0).marks().size()).isEqualTo(20_000);
            assertThat(own.get(0).marks().values())
                    .isEqualTo(MarkScan.marksOf(sample.get(0).values()));
            assertThat(own.get(0).marks().below())
                    .isEqualTo(own.get(0)
                            .marks()
                            .countedIn(frame.numbers(frame.columns(), new Sampling(Sampling.ALL, 0))
                                    .get(0)
                                    .values())
                            .below());
            assertThat(own.get(0).moments().deviation())
                    .isCloseTo(exact.get(0).moments().deviation(), within(1e-6));
            assertThat((double) own.get(0).distinct()).isCloseTo(20_000, within(600.0));
            assertThat(own.get(1).marks().values())
                    .isEqualTo(exact.get(1).marks().values());
            assertThat(own.get(1).marks().equal())
                    .isEqualTo(exact.get(1).marks().equal());
            assertThat(own.get(1).marks().below())
                    .isEqualTo(exact.get(1).marks().below());
            assertThat(own.get(2).side()).isEqualTo(exact.get(2).side());
        }
    }

    @Test
    void shouldKeepTheMostFrequentOfManyCategories() throws Exception {
        parquet("r.parquet", "SELECT 'id' || CASE WHEN i < 9000 THEN i % 3 ELSE i END AS k FROM range(30000) t(i)");
        try (DriftData data = LocalSpark.engine(folder).open(0, "r.parquet")) {
            Frame frame = data.read("r.parquet");
            Column column = new Column("k", ColumnKind.CATEGORICAL, "VARCHAR");
            Levels levels = frame.levels(List.of(column), 4).get(0);
            assertThat(levels.counts())
                    .containsExactly(
                            org.assertj.core.api.Assertions.entry("id0", 3000L),
                            org.assertj.core.api.Assertions.entry("id1", 3000L),
                            org.assertj.core.api.Assertions.entry("id2", 3000L),
                            org.assertj.core.api.Assertions.entry("id10000", 1L));
            assertThat(levels.all()).isEqualTo(21_003);
            assertThat(levels.values()).isEqualTo(30_000);
        }
        shouldBeLikeDuckDb("policy: calibrated", "r.parquet", "r.parquet");
    }

    @Test
    void shouldBeInconclusiveOnEmptyTablesAndRefuseBrokenOnes() throws Exception {
        parquet("none.parquet", "SELECT 1 AS x, 'a' AS k WHERE false");
        assertThat(spark("policy: calibrated", "none.parquet", "none.parquet")
                        .outcome()
                        .name())
                .isEqualTo("INCONCLUSIVE");
        Files.writeString(folder.resolve("cut.parquet"), "PAR1 and no more");
        shouldRefuse("policy: calibrated", "cut.parquet", "cut.parquet", "Check that the");
        Files.writeString(folder.resolve("broken.csv"), "a,b\n1,2\n3\n");
        shouldRefuse("policy: calibrated", "broken.csv", "broken.csv");
        Files.writeString(folder.resolve("twice.csv"), "a,A\n1,2\n");
        shouldRefuse("policy: calibrated", "twice.csv", "two columns are called 'a' and 'A'");
        shouldRefuse("policy: calibrated", "gone.parquet", "gone.parquet: there is no such file");
        shouldRefuse("policy: calibrated", "s3a://bucket/x.parquet", "s3a://bucket/x.parquet: cannot be reached");
        shouldRefuse("brokenRows: 3", "none.parquet", "brokenRows: 3");
    }
}
