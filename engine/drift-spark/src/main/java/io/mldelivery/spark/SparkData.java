package io.mldelivery.spark;

import io.mldelivery.data.Column;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.TimeColumn;
import io.mldelivery.drift.policy.Season;
import io.mldelivery.drift.policy.Window;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Tables of one Spark session. */
final class SparkData implements DriftData {
    private final SparkSession spark;
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, SparkFrame> read = new HashMap<>();

    SparkData(SparkSession spark) {
        this.spark = spark;
    }

    void declare(Source source) {
        sources.put(source.name(), source);
    }

    @Override
    public Frame read(String name) {
        return read.computeIfAbsent(name, key -> {
            Source source = sources.get(key);
            if (source == null) {
                throw new IllegalArgumentException(key + " was not declared when the data was opened");
            }
            return Problems.asking(key, () -> SparkFrame.read(spark, source));
        });
    }

    @Override
    public Frame window(Frame current, Window window) {
        var frame = (SparkFrame) current;
        if (window.rows().isPresent()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "window.rows: rows have no order on a cluster",
                    "Name a column of time (window.column), or check with the engine duckdb.");
        }
        if (window.column().isEmpty()) {
            return current;
        }
        String time = time(frame, window.column().get(), "window.column");
        Dataset<Row> rows = frame.data();
        List<String> conditions = new ArrayList<>();
        window.from().ifPresent(from -> conditions.add(time + " >= " + point(from)));
        window.to().ifPresent(to -> conditions.add(time + " < " + point(to)));
        window.last().ifPresent(last -> {
            Row latest = Problems.asking(
                    frame.source(),
                    () -> rows.selectExpr("unix_micros(max(" + time + "))").first());
            conditions.add(
                    latest.isNullAt(0)
                            ? "false"
                            : "unix_micros(" + time + ") > " + (latest.getLong(0) - 1000 * last.toMillis()) + "L");
        });
        return part(frame, String.join(" AND ", conditions));
    }

    private static SparkFrame part(SparkFrame frame, String condition) {
        return Problems.asking(frame.source(), () -> frame.where(functions.expr(condition)));
    }

    @Override
    public Frame season(Frame reference, Frame current, Season season) {
        var before = (SparkFrame) reference;
        var now = (SparkFrame) current;
        String asked = TimeColumn.part(season, time(now, season.column(), "season.column"));
        List<Integer> parts = Problems.asking(
                now.source(),
                () -> now.data().selectExpr(asked + " AS part").distinct().collectAsList().stream()
                        .filter(row -> !row.isNullAt(0))
                        .map(row -> row.getInt(0))
                        .toList());
        String wanted = TimeColumn.part(season, time(before, season.column(), "season.column"));
        return Problems.asking(
                before.source(), () -> before.where(functions.expr(wanted).isin(parts.toArray())));
    }

    private static String time(SparkFrame frame, String name, String key) {
        Column column = TimeColumn.in(frame.source(), frame.column(name), name, key);
        return "CAST(" + SparkFrame.quoted(column) + " AS TIMESTAMP)";
    }

    private static String point(String text) {
        return "CAST('" + text.replace("\\", "\\\\").replace("'", "\\'") + "' AS TIMESTAMP)";
    }

    @Override
    public List<CategoryPair> categories(List<Column> columns, Frame reference, Frame current) {
        if (columns.isEmpty()) {
            return List.of();
        }
        var before = (SparkFrame) reference;
        var now = (SparkFrame) current;
        return Problems.asking(reference.source() + ", " + current.source(), () -> {
            JavaRDD<LevelScan.Counted> counted =
                    before.counted(columns, LevelScan.REFERENCE).union(now.counted(columns, LevelScan.CURRENT));
            return MostFrequent.of(counted, columns.size(), MOST_LEVELS).stream()
                    .map(MostFrequent::pair)
                    .toList();
        });
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    /** The session is the caller's. */
    @Override
    public void close() {
        read.clear();
    }
}
