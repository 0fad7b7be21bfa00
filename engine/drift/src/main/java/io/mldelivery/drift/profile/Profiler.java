package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.measure.CategoryReader;
import io.mldelivery.drift.measure.NumericReader;
import io.mldelivery.drift.measure.NumericReader.Values;
import io.mldelivery.drift.measure.Side;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.drift.statistics.Marks;
import io.mldelivery.drift.statistics.Moments;
import io.mldelivery.drift.statistics.NumericPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Summarizes a table. Reads all rows; holds the values of one column or, of small tables, of some columns at a time. */
public final class Profiler {
    private final Tables tables;
    private final Table table;

    public Profiler(Tables tables, Table table) {
        this.tables = tables;
        this.table = table;
    }

    /** Summarizes every column that can be compared; nested columns are left out. */
    public Profile profile() {
        List<Column> columns = table.columns().stream()
                .filter(column -> column.kind() != ColumnKind.OTHER)
                .toList();
        Map<String, ColumnProfile> profiles = new HashMap<>();
        List<Column> numbers = columns.stream()
                .filter(column -> column.kind() != ColumnKind.CATEGORICAL)
                .toList();
        var reader = new NumericReader(tables, table, new Sampling(Sampling.ALL, 0));
        int batch = NumericReader.columnsAtOnce(table.rows());
        for (int from = 0; from < numbers.size(); from += batch) {
            List<Column> some = numbers.subList(from, Math.min(numbers.size(), from + batch));
            List<Values> values = reader.read(some);
            for (int i = 0; i < some.size(); i++) {
                profiles.put(some.get(i).name(), numeric(some.get(i), values.get(i)));
            }
        }
        columns.stream()
                .filter(column -> column.kind() == ColumnKind.CATEGORICAL)
                .forEach(column -> profiles.put(column.name(), categorical(column)));
        return new Profile(
                table.source(),
                table.rows(),
                columns.stream().map(column -> profiles.get(column.name())).toList(),
                Optional.empty());
    }

    private static ColumnProfile numeric(Column column, Values values) {
        NumericPair pair = NumericPair.of(values.values(), new double[0]);
        Moments moments = pair.referenceMoments();
        Marks marks = values.values().length == 0
                ? new Marks(new double[0], new long[0], new long[0], new double[0], 0, true)
                : Marks.of(values.values());
        return new NumericProfile(column, values.side(), pair.size(), moments, marks);
    }

    private ColumnProfile categorical(Column column) {
        Map<String, Long> counts = CategoryReader.count(tables, table, column, CategoryProfile.MOST_LEVELS);
        long kept = counts.values().stream().mapToLong(Long::longValue).sum();
        List<Long> totals = tables.query(
                        "SELECT [count(" + column.sql() + "), count(DISTINCT " + column.sql() + ")] FROM "
                                + table.sql(),
                        row -> List.of((long) row.numbers(1)[0], (long) row.numbers(1)[1]))
                .get(0);
        long values = totals.get(0);
        return new CategoryProfile(
                column,
                new Side(table.rows() - values, 0, values),
                counts,
                totals.get(1) - counts.size(),
                values - kept);
    }
}
