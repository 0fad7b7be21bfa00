package io.mldelivery.drift.measure;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.EvidentlyRules;
import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.NumericPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures all columns of two tables. Numeric columns are fetched some at a time, so that memory stays bounded;
 * categories are counted by the engine.
 */
public final class Comparison {
    private static final Set<String> INTEGERS =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");

    private final DriftData data;
    private final Frame reference;
    private final Frame current;
    private final DriftPolicy policy;

    public Comparison(DriftData data, Frame reference, Frame current, DriftPolicy policy) {
        this.data = data;
        this.reference = reference;
        this.current = current;
        this.policy = policy;
    }

    /** The columns that both tables have, in the reference's order. */
    public List<Column> shared() {
        return columns().shared();
    }

    private SharedColumns columns() {
        return new SharedColumns(Schema.of(reference), Schema.of(current), policy.columns());
    }

    /** Measures everything; columns come in the reference's order. */
    public Measurements measure() {
        SharedColumns columns = columns();
        List<Column> numbers =
                columns.shared().stream().filter(Comparison::isNumber).toList();
        List<ColumnMeasurement> measured = new ArrayList<>();
        int batch = batchSize();
        for (int from = 0; from < numbers.size(); from += batch) {
            measured.addAll(numeric(numbers.subList(from, Math.min(numbers.size(), from + batch))));
        }
        measured.addAll(categorical(
                columns.shared().stream().filter(column -> !isNumber(column)).toList()));
        boolean sampled = !numbers.isEmpty()
                && Math.max(reference.rows(), current.rows())
                        > policy.sampling().rows();
        return new Measurements(
                reference.rows(), current.rows(), sampled, inOrder(columns.shared(), measured), columns.findings());
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
        return current.columnsAtOnce(Math.min(policy.sampling().rows(), Math.max(reference.rows(), current.rows())));
    }

    private List<ColumnMeasurement> numeric(List<Column> columns) {
        List<Values> left = reference.numbers(columns, policy.sampling());
        List<Values> right = current.numbers(columns, policy.sampling());
        List<ColumnMeasurement> measured = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            measured.add(numeric(columns.get(i), left.get(i), right.get(i)));
        }
        return measured;
    }

    private ColumnMeasurement numeric(Column column, Values reading, Values now) {
        Side left = reading.side();
        Side right = now.side();
        NumericPair pair = NumericPair.of(reading.values(), now.values());
        boolean comparable = pair.referenceSize() > 0 && pair.currentSize() > 0;
        if (comparable && column.kind() == ColumnKind.NUMERIC && isCategory(current, column, right, pair, policy)) {
            return truth(column, left, right, pair);
        }
        boolean integers = left.nulls() == 0
                && right.nulls() == 0
                && INTEGERS.contains(column.type())
                && current.column(column.name())
                        .filter(other -> INTEGERS.contains(other.type()))
                        .isPresent();
        return new ColumnMeasurement(
                column.name(),
                column.kind(),
                left,
                right,
                pair.size(),
                comparable ? Optional.of(Statistics.of(pair, integers, method(column))) : Optional.empty(),
                comparable ? Optional.of(Plot.of(pair)) : Optional.empty(),
                comparable ? Optional.of(range(reading.values(), now.values())) : Optional.empty());
    }

    /**
     * Whether numbers stand for categories: 0 and 1 always; for Evidently, whole numbers of which the current sample has at
     * most ten different ones and none missing.
     */
    public static boolean isCategory(Frame current, Column column, Side side, NumericPair pair, DriftPolicy policy) {
        boolean whole = side.nulls() == 0
                && current.column(column.name())
                        .filter(own -> INTEGERS.contains(own.type()))
                        .isPresent();
        return pair.isTruth()
                || policy.name() == PolicyName.EVIDENTLY
                        && whole
                        && pair.currentDistinct() <= EvidentlyRules.CATEGORIES;
    }

    private static Novelty range(double[] before, double[] now) {
        return Novelty.of(before[0], before[before.length - 1], before.length, now);
    }

    private Method method(Column column) {
        return policy.ruleFor(column.name(), column.kind()).method();
    }

    /** Numbers that stand for categories are compared as such, over all rows; what can be said of them as numbers stays. */
    private ColumnMeasurement truth(Column column, Side left, Side right, NumericPair pair) {
        boolean sampled = pair.referenceSize() < left.values() || pair.currentSize() < right.values();
        var categories = new Column(column.name(), ColumnKind.CATEGORICAL, column.type());
        CategoryPair counts = sampled
                ? data.categories(List.of(categories), reference, current).get(0)
                : pair.asCategories();
        return new ColumnMeasurement(
                column.name(),
                ColumnKind.CATEGORICAL,
                left,
                right,
                counts.size(),
                Optional.of(Statistics.ofTruth(counts, pair, method(categories))),
                Optional.of(Plot.of(counts)));
    }

    private List<ColumnMeasurement> categorical(List<Column> columns) {
        List<CategoryPair> counts = data.categories(columns, reference, current);
        return IntStream.range(0, columns.size())
                .mapToObj(i -> categorical(columns.get(i), counts.get(i)))
                .toList();
    }

    private ColumnMeasurement categorical(Column column, CategoryPair pair) {
        boolean comparable = pair.referenceSize() > 0 && pair.currentSize() > 0;
        return new ColumnMeasurement(
                column.name(),
                column.kind(),
                new Side(reference.rows() - pair.referenceSize(), 0, pair.referenceSize()),
                new Side(current.rows() - pair.currentSize(), 0, pair.currentSize()),
                pair.size(),
                comparable ? Optional.of(Statistics.of(pair, method(column))) : Optional.empty(),
                comparable ? Optional.of(Plot.of(pair)) : Optional.empty(),
                comparable ? Optional.of(Novelty.of(pair)) : Optional.empty());
    }
}
