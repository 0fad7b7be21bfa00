package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.Levels;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Comparison;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.measure.Novelty;
import io.mldelivery.drift.measure.Plot;
import io.mldelivery.drift.measure.Schema;
import io.mldelivery.drift.measure.SharedColumns;
import io.mldelivery.drift.measure.Statistics;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.NumericPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Measures the columns of a table against a profile: the table is read once, the reference not at all. */
public final class ProfileComparison {
    private final Profile profile;
    private final Frame current;
    private final DriftPolicy policy;
    private final Map<String, ColumnProfile> profiles = new HashMap<>();

    public ProfileComparison(Profile profile, Frame current, DriftPolicy policy) {
        this.profile = profile;
        this.current = current;
        this.policy = policy;
        profile.columns().forEach(column -> profiles.put(column.column().name(), column));
    }

    /** Measures everything; columns come in the profile's order. */
    public Measurements measure() {
        SharedColumns columns = columns();
        List<Column> numbers = columns.shared().stream().filter(this::isNumber).toList();
        int batch = current.columnsAtOnce(Math.min(policy.sampling().rows(), current.rows()));
        List<ColumnMeasurement> measured = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += batch) {
            List<Column> some = numbers.subList(from, Math.min(numbers.size(), from + batch));
            List<Values> values = current.numbers(some, policy.sampling());
            for (int i = 0; i < some.size(); i++) {
                measured.add(numeric(some.get(i), values.get(i)));
            }
        }
        measured.addAll(categorical(
                columns.shared().stream().filter(column -> !isNumber(column)).toList()));
        boolean sampled =
                !numbers.isEmpty() && current.rows() > policy.sampling().rows();
        return new Measurements(
                profile.rows(),
                current.rows(),
                sampled,
                Comparison.inOrder(columns.shared(), measured),
                columns.findings());
    }

    private SharedColumns columns() {
        var reference = new Schema(
                profile.source(),
                profile.schema(),
                column -> profiles.get(column.name()).side().values() == 0);
        return new SharedColumns(reference, Schema.of(current), policy.columns());
    }

    /** A column without values in the profile takes the kind of the current one and has nothing to compare with. */
    private boolean isNumber(Column column) {
        return profiles.get(column.name()) instanceof NumericProfile && column.kind() != ColumnKind.CATEGORICAL;
    }

    private ColumnMeasurement numeric(Column column, Values values) {
        var reference = (NumericProfile) profiles.get(column.name());
        boolean comparable = reference.marks().size() > 0 && values.values().length > 0;
        if (comparable
                && column.kind() == ColumnKind.NUMERIC
                && reference.marks().complete()) {
            NumericPair pair = NumericPair.of(reference.marks(), values.values());
            if (Comparison.isCategory(current, column, values.side(), pair, policy)) {
                return truth(column, reference.side(), values.side(), pair);
            }
        }
        return new ColumnMeasurement(
                column.name(),
                column.kind(),
                reference.side(),
                values.side(),
                reference.distinct(),
                comparable ? Optional.of(statistics(column, reference, values.values())) : Optional.empty(),
                comparable ? Optional.of(plot(reference, values.values())) : Optional.empty(),
                comparable
                        ? Optional.of(Novelty.of(
                                reference.moments().min(),
                                reference.moments().max(),
                                reference.marks().size(),
                                values.values()))
                        : Optional.empty());
    }

    private ColumnMeasurement truth(Column column, Side before, Side now, NumericPair pair) {
        CategoryPair counts = pair.asCategories();
        Method method = policy.ruleFor(column.name(), ColumnKind.CATEGORICAL).method();
        return new ColumnMeasurement(
                column.name(),
                ColumnKind.CATEGORICAL,
                before,
                now,
                counts.size(),
                Optional.of(Statistics.ofTruth(counts, pair, method)),
                Optional.of(Plot.of(counts)));
    }

    private Statistics statistics(Column column, NumericProfile reference, double[] values) {
        Method method = policy.ruleFor(column.name(), column.kind()).method();
        return reference.marks().complete()
                ? Statistics.of(NumericPair.of(reference.marks(), values), false, method)
                : Statistics.of(reference.marks(), reference.moments().deviation(), values, method);
    }

    private static Plot plot(NumericProfile reference, double[] values) {
        return reference.marks().complete()
                ? Plot.of(NumericPair.of(reference.marks(), values))
                : Plot.of(reference.marks(), values);
    }

    private List<ColumnMeasurement> categorical(List<Column> columns) {
        List<Levels> levels = current.levels(columns, DriftData.MOST_LEVELS);
        return IntStream.range(0, columns.size())
                .mapToObj(i -> categorical(columns.get(i), levels.get(i)))
                .toList();
    }

    private ColumnMeasurement categorical(Column column, Levels levels) {
        long values = levels.values();
        Side side = new Side(current.rows() - values, 0, values);
        ColumnProfile reference = profiles.get(column.name());
        boolean comparable = values > 0 && reference.side().values() > 0;
        Optional<CategoryPair> pair = comparable && reference instanceof CategoryProfile categories
                ? Optional.of(pair(categories, levels.counts(), values))
                : Optional.empty();
        return new ColumnMeasurement(
                column.name(),
                column.kind(),
                reference.side(),
                side,
                pair.map(CategoryPair::size).orElse(0),
                pair.map(counted -> Statistics.of(
                        counted, policy.ruleFor(column.name(), column.kind()).method())),
                pair.map(Plot::of),
                isWhole(reference) ? pair.map(Novelty::of) : Optional.empty());
    }

    /** Whether every category of the reference is known by name. */
    private static boolean isWhole(ColumnProfile reference) {
        return reference instanceof CategoryProfile categories && categories.otherLevels() == 0;
    }

    /** Categories that only one side keeps by name are compared as "others" when the profile left some out. */
    private static CategoryPair pair(CategoryProfile reference, Map<String, Long> counts, long values) {
        Map<String, long[]> both = new TreeMap<>();
        reference.counts().forEach((level, count) -> both.put(level, new long[] {count, 0}));
        long[] others = {
            reference.others(),
            values - counts.values().stream().mapToLong(Long::longValue).sum()
        };
        counts.forEach((level, count) -> {
            if (both.containsKey(level) || reference.otherLevels() == 0) {
                both.computeIfAbsent(level, name -> new long[2])[1] = count;
            } else {
                others[1] += count;
            }
        });
        if (others[0] + others[1] > 0) {
            both.put("\uFFFF other categories", others);
        }
        return new CategoryPair(
                both.keySet().stream()
                        .map(level -> level.replace("\uFFFF ", ""))
                        .toList(),
                both.values().stream().mapToLong(pair -> pair[0]).toArray(),
                both.values().stream().mapToLong(pair -> pair[1]).toArray());
    }
}
