package io.mldelivery.spark;

import io.mldelivery.data.BrokenRows;
import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Format;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.Levels;
import io.mldelivery.drift.engine.Summary;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.drift.rows.RowSample;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** One table of a Spark session. Every question is one job that reads the asked columns once. */
final class SparkFrame implements Frame {
    private static final long VALUES_AT_ONCE = 40_000_000;
    private static final int MOST_COLUMNS = 500;
    /** Tables of up to so many rows are summarized from their values, larger ones from a sample and two passes. */
    static final long SUMMARIZED_FROM_VALUES = 1_000_000;

    private static final long SUMMARY_SAMPLE = 200_000;

    private final String source;
    private final Dataset<Row> data;
    private final List<org.apache.spark.sql.Column> rowIdentity;
    private final List<Column> columns;
    private final long rows;

    private SparkFrame(
            String source,
            Dataset<Row> data,
            List<org.apache.spark.sql.Column> rowIdentity,
            List<Column> columns,
            long rows) {
        this.source = source;
        this.data = data;
        this.rowIdentity = rowIdentity;
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    static SparkFrame read(SparkSession spark, Source source) {
        Dataset<Row> data = switch (source.format()) {
            case PARQUET -> spark.read().option("mergeSchema", true).parquet(source.location());
            case CSV, TSV, JSON_LINES -> TextFiles.read(spark, source);
            default ->
                throw new DeliveryException(
                        Code.DATA,
                        source.name() + ": Spark does not read this format here",
                        "Write it as Parquet, or check it with the engine duckdb.");
        };
        // A Parquet file numbers its rows: the same ones are drawn however Spark cuts the files and wherever they lie.
        List<org.apache.spark.sql.Column> identity = source.format() == Format.PARQUET
                ? List.of(functions.col("_metadata.file_name"), functions.col("_metadata.row_index"))
                : List.of(functions.monotonically_increasing_id());
        return new SparkFrame(source.name(), data, identity, Schemas.columns(source.name(), data), count(data));
    }

    SparkFrame where(org.apache.spark.sql.Column condition) {
        Dataset<Row> part = data.where(condition);
        return new SparkFrame(source, part, rowIdentity, columns, count(part));
    }

    Dataset<Row> data() {
        return data;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public BrokenRows broken() {
        return BrokenRows.NONE;
    }

    @Override
    public boolean isEmpty(Column column) {
        return Problems.asking(
                source,
                () -> data.where(functions.expr(quoted(column) + " IS NOT NULL"))
                        .isEmpty());
    }

    @Override
    public int columnsAtOnce(long values) {
        long held = Math.min(values, Math.max(SUMMARY_SAMPLE, SUMMARIZED_FROM_VALUES));
        return (int) Math.max(1, Math.min(MOST_COLUMNS, VALUES_AT_ONCE / Math.max(1, held)));
    }

    @Override
    public List<Values> numbers(List<Column> asked, Sampling sampling) {
        if (asked.isEmpty()) {
            return List.of();
        }
        return Problems.asking(source, () -> {
            List<NumberScan.Found[]> parts = scan(numbersAndDraw(asked, sampling))
                    .mapPartitions(new NumberScan(asked.size()))
                    .collect();
            return NumberScan.merged(parts, asked.size()).stream()
                    .map(NumberScan.Found::values)
                    .toList();
        });
    }

    /** The columns as numbers, and last whether the row is drawn. */
    private Dataset<Row> numbersAndDraw(List<Column> asked, Sampling sampling) {
        return data.select(Stream.concat(
                        asked.stream().map(SparkFrame::number), Stream.of(drawn(sampling.rows(), sampling.seed())))
                .toArray(org.apache.spark.sql.Column[]::new));
    }

    /** A text counts by its length in characters, a point in time by its seconds since 1970. */
    private static org.apache.spark.sql.Column number(Column column) {
        String name = quoted(column);
        return functions.expr(
                switch (column.kind()) {
                    case TEXT -> "CAST(length(CAST(" + name + " AS STRING)) AS DOUBLE)";
                    case DATETIME -> "CAST(unix_micros(CAST(" + name + " AS TIMESTAMP)) AS DOUBLE) / 1000000D";
                    case NUMERIC, CATEGORICAL, OTHER -> "CAST(" + name + " AS DOUBLE)";
                });
    }

    private org.apache.spark.sql.Column drawn(long about, long seed) {
        if (rows <= about) {
            return functions.lit(true);
        }
        BigInteger limit = new BigDecimal(BigInteger.ONE.shiftLeft(64))
                .multiply(BigDecimal.valueOf(about))
                .divide(BigDecimal.valueOf(rows), 0, RoundingMode.FLOOR)
                .toBigInteger()
                .add(BigInteger.valueOf(Long.MIN_VALUE));
        var identity = Stream.concat(rowIdentity.stream(), Stream.of(functions.lit(seed)))
                .toArray(org.apache.spark.sql.Column[]::new);
        return functions.xxhash64(identity).lt(functions.lit(limit.longValueExact()));
    }

    /** Counts without an aggregation, which would be one stage more. */
    private static long count(Dataset<Row> rows) {
        return scan(rows.select(new org.apache.spark.sql.Column[0])).count();
    }

    /** Rows in Spark's own form: numbers are not boxed. */
    private static JavaRDD<InternalRow> scan(Dataset<Row> selected) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) selected)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    @Override
    public List<Summary> summaries(List<Column> asked) {
        if (rows <= SUMMARIZED_FROM_VALUES) {
            return numbers(asked, new Sampling(Sampling.ALL, 0)).stream()
                    .map(Summary::of)
                    .toList();
        }
        return countedAt(asked, numbers(asked, new Sampling(SUMMARY_SAMPLE, 0)));
    }

    /** Chooses the marks by a sample and counts at them over all rows. */
    List<Summary> countedAt(List<Column> asked, List<Values> sample) {
        double[][] marks =
                sample.stream().map(values -> MarkScan.marksOf(values.values())).toArray(double[][]::new);
        return Problems.asking(source, () -> {
            Dataset<Row> selected =
                    data.select(asked.stream().map(SparkFrame::number).toArray(org.apache.spark.sql.Column[]::new));
            List<MarkScan.Found> found = MarkScan.merged(
                    scan(selected).mapPartitions(new MarkScan(marks)).collect(), marks);
            return IntStream.range(0, asked.size())
                    .mapToObj(i -> found.get(i).summary(sample.get(i)))
                    .toList();
        });
    }

    @Override
    public List<Levels> levels(List<Column> asked, int most) {
        if (asked.isEmpty()) {
            return List.of();
        }
        return Problems.asking(
                source,
                () -> MostFrequent.of(counted(asked, LevelScan.CURRENT), asked.size(), most).stream()
                        .map(MostFrequent::levels)
                        .toList());
    }

    /** The counts of the columns' categories, part by part. */
    JavaRDD<LevelScan.Counted> counted(List<Column> asked, int side) {
        Dataset<Row> selected = data.select(asked.stream()
                .map(column -> functions.expr("CAST(" + quoted(column) + " AS STRING)"))
                .toArray(org.apache.spark.sql.Column[]::new));
        return scan(selected).mapPartitions(new LevelScan(asked.size(), side));
    }

    @Override
    public RowSample sample(List<Column> asked, long about, long seed) {
        RowSample.Rows sample = RowSample.of(asked);
        if (asked.isEmpty()) {
            return sample.sample();
        }
        Problems.asking(source, () -> {
            Dataset<Row> selected = data.where(drawn(about, seed))
                    .select(asked.stream()
                            .map(column -> functions.expr("CAST(" + quoted(column) + " AS "
                                    + (RowSample.isNumber(column) ? "DOUBLE" : "STRING") + ")"))
                            .toArray(org.apache.spark.sql.Column[]::new));
            selected.collectAsList().forEach(row -> add(sample, asked, row));
            return null;
        });
        return sample.sample();
    }

    private static void add(RowSample.Rows sample, List<Column> asked, Row row) {
        for (int i = 0; i < asked.size(); i++) {
            if (RowSample.isNumber(asked.get(i))) {
                sample.add(i, row.isNullAt(i) ? Double.NaN : row.getDouble(i));
            } else {
                sample.add(i, row.isNullAt(i) ? null : row.getString(i));
            }
        }
        sample.next();
    }

    @Override
    public double[][] vectors(List<Column> asked, long about, long seed) {
        String list = asked.size() == 1 && asked.get(0).kind() == ColumnKind.OTHER
                ? quoted(asked.get(0))
                : "array("
                        + String.join(
                                ", ", asked.stream().map(SparkFrame::quoted).toList()) + ")";
        return Problems.asking(source, () -> {
            List<double[]> vectors = new ArrayList<>();
            data.where(drawn(about, seed))
                    .selectExpr("CAST(" + list + " AS ARRAY<DOUBLE>) AS v")
                    .where("v IS NOT NULL AND size(v) > 0 AND NOT exists(v, x -> x IS NULL)")
                    .collectAsList()
                    .forEach(row -> vectors.add(row.<Double>getList(0).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()));
            return vectors.toArray(double[][]::new);
        });
    }

    static String quoted(Column column) {
        return "`" + column.name().replace("`", "``") + "`";
    }
}
