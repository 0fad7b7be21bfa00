package io.mldelivery.drift.measure;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.measure.NumericReader.Values;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.NumericPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures all columns of two tables. Numeric columns are fetched some at a time, so that memory stays bounded;
 * categories are counted by the database.
 */
public final class Comparison {
    private static final Set<String> INTEGERS =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");

    private final Tables tables;
    private final Table reference;
    private final Table current;
    private final DriftPolicy policy;

    public Comparison(Tables tables, Table reference, Table current, DriftPolicy policy) {
        this.tables = tables;
        this.reference = reference;
        this.current = current;
        this.policy = policy;
    }

    /** Measures everything; columns come in the reference's order. */
    public Measurements measure() {
        var columns = new SharedColumns(Schema.of(tables, reference), Schema.of(tables, current), policy.columns());
        List<Column> numbers = columns.shared().stream().filter(Comparison::isNumber).toList();
        List<ColumnMeasurement> measured = new ArrayList<>();
        int batch = batchSize();
        for (int from = 0; from < numbers.size(); from += batch) {
            measured.addAll(numeric(numbers.subList(from, Math.min(numbers.size(), from + batch))));
        }
        columns.shared().stream().filter(column -> !isNumber(column)).map(this::categorical).forEach(measured::add);
        boolean sampled = !numbers.isEmpty() && Math.max(reference.rows(), current.rows()) > policy.sampling().rows();
        return new Measurements(reference.rows(), current.rows(), sampled,
                inOrder(columns.shared(), measured), columns.findings());
    }

    /** The measurements in the order of the columns. */
    public static List<ColumnMeasurement> inOrder(List<Column> columns, List<ColumnMeasurement> measured) {
        Map<String, ColumnMeasurement> byName = new HashMap<>();
        measured.forEach(column -> byName.put(column.name(), column));
        return columns.stream().map(column -> byName.get(column.name())).toList();
    }

    private static boolean isNumber(Column column) {
        return column.kind() != ColumnKind.CATEGORICAL;
    }

    private int batchSize() {
        return NumericReader.columnsAtOnce(
                Math.min(policy.sampling().rows(), Math.max(reference.rows(), current.rows())));
    }

    private List<ColumnMeasurement> numeric(List<Column> columns) {
        List<Values> left = new NumericReader(tables, reference, policy.sampling()).read(columns);
        List<Values> right = new NumericReader(tables, current, policy.sampling()).read(columns);
        List<ColumnMeasurement> measured = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            measured.add(numeric(columns.get(i), left.get(i).side(), right.get(i).side(),
                    NumericPair.of(left.get(i).values(), right.get(i).values())));
        }
        return measured;
    }

    private ColumnMeasurement numeric(Column column, Side left, Side right, NumericPair pair) {
        boolean comparable = pair.referenceSize() > 0 && pair.currentSize() > 0;
        boolean integers = left.nulls() == 0 && right.nulls() == 0 && INTEGERS.contains(column.type())
                && current.column(column.name()).filter(other -> INTEGERS.contains(other.type())).isPresent();
        return new ColumnMeasurement(column.name(), column.kind(), left, right, pair.size(),
                comparable ? Optional.of(Statistics.of(pair, integers, policy.ruleFor(column.name(), column.kind()).method())) : Optional.empty(),
                comparable ? Optional.of(Plot.of(pair)) : Optional.empty());
    }

    private ColumnMeasurement categorical(Column column) {
        CategoryPair pair = new CategoryReader(tables, reference, current).count(column);
        boolean comparable = pair.referenceSize() > 0 && pair.currentSize() > 0;
        return new ColumnMeasurement(column.name(), column.kind(),
                new Side(reference.rows() - pair.referenceSize(), 0, pair.referenceSize()),
                new Side(current.rows() - pair.currentSize(), 0, pair.currentSize()), pair.size(),
                comparable ? Optional.of(Statistics.of(pair, policy.ruleFor(column.name(), column.kind()).method())) : Optional.empty(),
                comparable ? Optional.of(Plot.of(pair)) : Optional.empty());
    }
}
