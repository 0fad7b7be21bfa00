package io.mldelivery.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.duckdb.DuckDbEngine;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.DriftEngine;
import io.mldelivery.drift.engine.Summary;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.measure.Statistics;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.drift.statistics.Marks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By how much the engines differ where they draw different rows, on fifty pairs of columns of four shapes, a third of them
 * unchanged. The numbers of docs/how-to/check-drift-on-spark.md are printed by
 * {@code -Dmldelivery.drift.rows=1000000 -Dmldelivery.drift.sample=100000}.
 */
class SamplingErrorTest {
    private static final int PAIRS = 50;
    private static final int ROWS = Integer.getInteger("mldelivery.drift.rows", 20_000);
    private static final int DRAWN = Integer.getInteger("mldelivery.drift.sample", 5000);

    private static final int AT_ONCE = 10;
    private static final Sampling ALL = new Sampling(Sampling.ALL, 0);

    /** One column in a million may lie beyond the bound. */
    private static final double LEVEL = 1e-6;

    private static final Map<String, Function<Statistics, OptionalDouble>> MEASURES = measures();

    @TempDir
    private static Path folder;

    private static DuckDbEngine duckdb;
    private static SparkEngine spark;

    private static Map<String, Function<Statistics, OptionalDouble>> measures() {
        var measures = new LinkedHashMap<String, Function<Statistics, OptionalDouble>>();
        measures.put("ks", all -> OptionalDouble.of(all.ks().orElseThrow().statistic()));
        measures.put("wasserstein-normed", Statistics::wassersteinNormed);
        measures.put("psi", Statistics::psi);
        measures.put("jensen-shannon", Statistics::jensenShannon);
        measures.put("total-variation", Statistics::totalVariation);
        return measures;
    }

    @BeforeAll
    static void generate() throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            for (int side = 0; side < 2; side++) {
                int now = side;
                String columns = IntStream.range(0, PAIRS)
                        .mapToObj(pair -> column(pair, now))
                        .collect(Collectors.joining(", "));
                statement.execute("COPY (SELECT " + columns + " FROM range(" + ROWS + ") t(i)) TO '"
                        + folder.resolve(side == 0 ? "r.parquet" : "c.parquet") + "' (FORMAT parquet)");
            }
        }
        duckdb = new DuckDbEngine(TableOptions.in(folder).withTemporary(folder));
        spark = LocalSpark.engine(folder);
    }

    private static String column(int pair, int side) {
        double shift = side * (pair % 3) * 0.05 * (pair % 7);
        String normal = "(sqrt(-2 * ln(" + uniform(pair, side, 0) + ")) * cos(2 * pi() * " + uniform(pair, side, 1)
                + ") + " + shift + ")";
        String value = switch (pair % 4) {
            case 0 -> normal;
            case 1 -> "exp(1.5 * " + normal + ")";
            case 2 -> "round(2 * " + normal + ") / 2";
            default -> uniform(pair, side, 2) + " + " + shift;
        };
        return value + " AS x" + pair;
    }

    private static String uniform(int pair, int side, int draw) {
        return "((hash(i, " + pair + ", " + side + ", " + draw + ") % 1000003 + 1) / 1000005.0)";
    }

    private static List<Statistics> check(DriftEngine engine, String sample) {
        byte[] policy = ("sample: {rows: " + sample + "}").getBytes(StandardCharsets.UTF_8);
        return new DriftCheck(engine, DriftPolicy.parse("drift.yaml", policy), Optional.empty())
                .compare("r.parquet", "c.parquet").columns().stream()
                        .map(column -> column.measurement().statistics().orElseThrow())
                        .toList();
    }

    /** How far a distribution function of a sample may lie from the true one (Dvoretzky, Kiefer and Wolfowitz; Massart). */
    private static double bound(int drawn) {
        return Math.sqrt(Math.log(2 / LEVEL) / (2 * drawn));
    }

    private static double largest(List<Statistics> left, List<Statistics> right, String measure) {
        return IntStream.range(0, PAIRS)
                .mapToDouble(
                        i -> Math.abs(MEASURES.get(measure).apply(left.get(i)).orElseThrow()
                                - MEASURES.get(measure).apply(right.get(i)).orElseThrow()))
                .max()
                .orElseThrow();
    }

    private static double root(List<Statistics> left, List<Statistics> right, String measure) {
        return Math.sqrt(IntStream.range(0, PAIRS)
                .mapToDouble(i -> Math.pow(
                        MEASURES.get(measure).apply(left.get(i)).orElseThrow()
                                - MEASURES.get(measure).apply(right.get(i)).orElseThrow(),
                        2))
                .average()
                .orElseThrow());
    }

    @Test
    void shouldDifferFromAllRowsByNoMoreThanTheBoundOfTwoSamples() {
        List<Statistics> all = check(duckdb, "all");
        List<Statistics> own = check(duckdb, DRAWN + ", seed: 3");
        List<Statistics> other = check(spark, DRAWN + ", seed: 3");
        MEASURES.keySet()
                .forEach(measure -> System.out.printf(
                        "%s: DuckDB and Spark differ by up to %.5f, %.5f on average; from all rows by up to %.5f and"
                                + " %.5f%n",
                        measure,
                        largest(own, other, measure),
                        root(own, other, measure),
                        largest(own, all, measure),
                        largest(other, all, measure)));
        double twoSamples = 2 * bound(DRAWN - 500);
        assertThat(largest(own, all, "ks")).isPositive().isLessThan(twoSamples);
        assertThat(largest(other, all, "ks")).isPositive().isLessThan(twoSamples);
        assertThat(largest(own, other, "ks")).isPositive().isLessThan(2 * twoSamples);
    }

    /** The deciles of a large table are those of drawn rows; what is counted at them is not. */
    @Test
    void shouldChooseDecilesOffInRankByNoMoreThanTheBoundOfOneSample() {
        try (DriftData data = spark.open(0, "r.parquet")) {
            SparkFrame frame = (SparkFrame) data.read("r.parquet");
            List<Values> drawn = frame.numbers(frame.columns(), new Sampling(DRAWN, 1));
            List<Summary> summaries = frame.countedAt(frame.columns(), drawn);
            double most = 0;
            for (int from = 0; from < PAIRS; from += AT_ONCE) {
                List<Values> all = frame.numbers(frame.columns().subList(from, from + AT_ONCE), ALL);
                for (int i = 0; i < AT_ONCE; i++) {
                    Marks marks = summaries.get(from + i).marks();
                    assertThat(marks.below())
                            .isEqualTo(marks.countedIn(all.get(i).values()).below());
                    most = Math.max(most, rankError(marks, drawn.get(from + i).values()));
                }
            }
            System.out.printf("deciles are off in rank by up to %.5f%n", most);
            assertThat(most).isPositive().isLessThan(bound(DRAWN - 500));
        }
    }

    /** The largest distance of the counted distribution from the sample's at any mark. */
    private static double rankError(Marks marks, double[] sample) {
        Marks counted = marks.countedIn(sample);
        return IntStream.range(0, marks.values().length)
                .mapToDouble(i -> Math.abs(
                        (double) marks.below()[i] / marks.size() - (double) counted.below()[i] / counted.size()))
                .max()
                .orElseThrow();
    }
}
