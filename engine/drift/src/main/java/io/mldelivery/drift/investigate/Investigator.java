package io.mldelivery.drift.investigate;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.finding.Segment;
import io.mldelivery.drift.joint.JointQuestions;
import io.mldelivery.drift.learning.BinnedColumns;
import io.mldelivery.drift.learning.BoostedTrees;
import io.mldelivery.drift.learning.ColumnCode;
import io.mldelivery.drift.learning.Features;
import io.mldelivery.drift.performance.ErrorModel;
import io.mldelivery.drift.performance.LossImpact;
import io.mldelivery.drift.performance.PerformanceCheck;
import io.mldelivery.drift.performance.ReferencePerformance;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Investigation;
import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.drift.rows.RowSample;
import io.mldelivery.drift.segment.SegmentSearch;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Asks what a policy asks besides single columns, on samples of rows of both sides. */
public final class Investigator {
    /** How many rows of a side are looked at, if the columns are few. */
    static final int MOST_ROWS = 20_000;

    private static final Set<ColumnKind> FOR_TREES =
            Set.of(ColumnKind.NUMERIC, ColumnKind.CATEGORICAL, ColumnKind.TEXT);
    private static final int LEAST_ROWS = 1_000;
    private static final int MOST_CELLS = 600_000;

    private final DriftPolicy policy;
    private final Investigation asked;

    public Investigator(DriftPolicy policy) {
        this.policy = policy;
        this.asked = policy.further();
    }

    /** Summarizes the model's answers on a table; empty when the policy names none or there are no labels. */
    public Optional<ReferencePerformance> reference(Frame table) {
        return asked.model().flatMap(roles -> {
            List<Column> inputs = errorInputs(
                    roles,
                    table.columns().stream()
                            .filter(column -> policy.columns().takes(column.name()))
                            .toList());
            List<Column> columns = new ArrayList<>(inputs);
            columns.addAll(roles(roles, table));
            return new PerformanceCheck(roles, policy.level()).reference(sample(table, columns), inputs);
        });
    }

    /** What the error of a regression may depend on; for classifications nothing is learnt. */
    private static List<Column> errorInputs(ModelRoles roles, List<Column> columns) {
        return roles.metric().isClassification()
                ? List.of()
                : columns.stream()
                        .filter(column -> !roles.has(column.name()) && FOR_TREES.contains(column.kind()))
                        .toList();
    }

    /**
     * Asks what needs current rows only.
     *
     * @param known what the reference's profile knows of the model's answers
     */
    public Findings ask(Optional<ReferencePerformance> known, Frame current) {
        List<String> notes = new ArrayList<>();
        if (asked.needsRows()) {
            notes.add("questions about rows (joint, texts, embeddings, segments, surrogate importance)"
                    + " were not asked: a profile holds no rows; name a table as reference");
        }
        List<PerformanceFinding> performance = new ArrayList<>();
        asked.model().ifPresent(roles -> {
            if (known.filter(found -> found.roles().metric() == roles.metric()).isEmpty()) {
                notes.add("the model's performance was not looked at: the profile was written without " + roles.metric()
                        + "; write it with this policy");
            } else {
                performance.addAll(performance(roles, known.get(), current, notes));
            }
        });
        return new Findings(List.of(), performance, List.of(), given(asked.importance()), Map.of(), notes);
    }

    private List<PerformanceFinding> performance(
            ModelRoles roles, ReferencePerformance known, Frame current, List<String> notes) {
        List<Column> columns = new ArrayList<>(roles(roles, current));
        ReferencePerformance usable = known;
        for (ColumnCode input : known.errors().map(ErrorModel::inputs).orElse(List.of())) {
            Optional<Column> there = current.column(input.name()).filter(column -> fits(input, column));
            if (there.isEmpty()) {
                notes.add("the model's error was not estimated: " + current.source() + " has no "
                        + input.kind().name().toLowerCase(Locale.ROOT) + " column '" + input.name() + "'");
                usable = known.withoutErrors();
                break;
            }
            columns.add(new Column(input.name(), input.kind(), there.get().type()));
        }
        return new PerformanceCheck(roles, policy.level()).compare(usable, sample(current, columns));
    }

    /** Short texts are categories in one table and texts in another. */
    private static boolean fits(ColumnCode input, Column column) {
        return (input.kind() == ColumnKind.NUMERIC) == (column.kind() == ColumnKind.NUMERIC)
                && FOR_TREES.contains(column.kind());
    }

    /**
     * Asks everything.
     *
     * @param shared the columns that both tables have
     * @param drifted those that drifted, for which segments are looked for
     */
    public Findings ask(Frame reference, Frame current, List<Column> shared, List<String> drifted) {
        List<Column> columns = shared.stream()
                .filter(column -> column.kind() != ColumnKind.DATETIME)
                .toList();
        List<Column> inputs = columns.stream()
                .filter(column ->
                        asked.model().filter(m -> m.has(column.name())).isEmpty())
                .toList();
        if (!asked.needsRows() && asked.model().isEmpty()) {
            return new Findings(List.of(), List.of(), List.of(), given(asked.importance()), Map.of(), List.of());
        }
        RowSample before = sample(reference, withRoles(columns, reference));
        RowSample now = sample(current, withRoles(columns, current));
        List<Column> texts = columns.stream()
                .filter(column -> column.kind() == ColumnKind.TEXT)
                .toList();
        List<JointFinding> joint = new JointQuestions(policy).ask(reference, current, inputs, texts, before, now);
        Features features = Features.of(inputs, before, now);
        List<String> notes = new ArrayList<>();
        List<Segment> segments = asked.segments() == 0 || drifted.isEmpty()
                ? List.of()
                : segments(new SegmentSearch(inBoth(withRoles(columns, reference), now), before, now), drifted, notes);
        return new Findings(
                joint,
                performance(inputs, before, now),
                segments,
                importance(features, before),
                impact(features, before),
                notes);
    }

    private List<Segment> segments(SegmentSearch search, List<String> drifted, List<String> notes) {
        int examined = search.columnsOf(drifted.size());
        if (examined < drifted.size()) {
            notes.add(
                    "segments were looked for in the " + examined + " worst of " + drifted.size() + " drifted columns");
        }
        return search.search(drifted, policy.level(), asked.segments());
    }

    private static List<Column> inBoth(List<Column> columns, RowSample now) {
        return columns.stream()
                .filter(column ->
                        now.numbers().containsKey(column.name()) || now.words().containsKey(column.name()))
                .toList();
    }

    private RowSample sample(Frame table, List<Column> columns) {
        int rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_CELLS / Math.max(1, columns.size())));
        return table.sample(columns, rows, policy.sampling().seed());
    }

    /** The columns with the model's answers and labels, which the policy may leave out of the comparison. */
    private List<Column> withRoles(List<Column> columns, Frame table) {
        List<Column> all = new ArrayList<>(columns);
        asked.model()
                .ifPresent(roles -> roles(roles, table).forEach(role -> {
                    all.removeIf(column -> column.name().equals(role.name()));
                    all.add(role);
                }));
        return all;
    }

    private static List<Column> roles(ModelRoles roles, Frame table) {
        List<Column> columns = new ArrayList<>();
        columns.add(role(roles.prediction(), table)
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        "model.prediction: " + table.source() + " has no column '" + roles.prediction() + "'",
                        "Correct the name in the policy.")));
        roles.label().flatMap(label -> role(label, table)).ifPresent(columns::add);
        return columns;
    }

    private static Optional<Column> role(String name, Frame table) {
        return table.column(name).map(column -> {
            if (column.kind() != ColumnKind.NUMERIC && !column.type().equals("BOOLEAN")) {
                throw new DeliveryException(
                        Code.DATA,
                        table.source() + ": column '" + name + "' holds no numbers (" + column.type() + ")",
                        "A prediction is a number; a label is a number, or 0 and 1.");
            }
            return new Column(name, ColumnKind.NUMERIC, column.type());
        });
    }

    private List<PerformanceFinding> performance(List<Column> inputs, RowSample before, RowSample now) {
        return asked.model()
                .flatMap(roles -> {
                    var check = new PerformanceCheck(roles, policy.level());
                    return check.reference(before, errorInputs(roles, inputs)).map(known -> check.compare(known, now));
                })
                .orElse(List.of());
    }

    private Map<String, Double> importance(Features features, RowSample before) {
        if (!asked.surrogateImportance() || features.names().isEmpty()) {
            return given(asked.importance());
        }
        double[] answers = before.numbers().get(asked.model().orElseThrow().prediction());
        int[] rows = IntStream.range(0, answers.length)
                .filter(i -> !Double.isNaN(answers[i]))
                .toArray();
        double[] shares = BoostedTrees.regression(BinnedColumns.of(features.reference()), rows, answers)
                .importance();
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++) {
            weights.put(features.names().get(i), shares[i]);
        }
        return given(weights);
    }

    /** The most important column gets 1. */
    private static Map<String, Double> given(Map<String, Double> weights) {
        double largest =
                weights.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Map<String, Double> scaled = new LinkedHashMap<>();
        if (largest > 0) {
            weights.forEach((column, weight) -> scaled.put(column, weight / largest));
        }
        return scaled;
    }

    private Map<String, Double> impact(Features features, RowSample before) {
        return asked.model()
                .map(roles -> LossImpact.of(roles, features.names(), features.reference(), features.current(), before))
                .orElse(Map.of());
    }
}
