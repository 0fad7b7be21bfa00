package io.mldelivery.gate.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.gate.expression.Expression;
import io.mldelivery.gate.metric.Direction;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.policy.Criterion.Change;
import io.mldelivery.gate.policy.Criterion.Claim;
import io.mldelivery.gate.policy.Criterion.Comparison;
import io.mldelivery.gate.policy.Criterion.Condition;
import io.mldelivery.gate.policy.Criterion.Gap;
import io.mldelivery.gate.policy.Criterion.Threshold;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Turns one item of a policy's {@code rules} into a {@link Rule}. */
final class RuleParser {
    private enum Kind {
        THRESHOLD,
        CHANGE,
        NON_INFERIORITY,
        SUPERIORITY,
        EQUIVALENCE,
        CALIBRATION,
        LATENCY,
        SIZE,
        COST,
        GAP,
        FAIRNESS,
        LEAKAGE,
        DATA,
        BEHAVIOUR,
        ROBUSTNESS,
        EXPRESSION
    }

    private enum Fairness {
        DEMOGRAPHIC_PARITY,
        EQUAL_OPPORTUNITY,
        EQUALIZED_ODDS,
        CALIBRATION
    }

    private enum Measure {
        ABSOLUTE,
        RELATIVE
    }

    private enum Decide {
        POINT,
        INTERVAL
    }

    private enum Small {
        INCONCLUSIVE,
        IGNORE
    }

    private static final String[] COMMON = {"name", "kind", "metric", "severity", "slice", "better"};

    private final ConfigNode node;
    private final long minimumRows;
    private final Kind kind;

    RuleParser(ConfigNode node, long minimumRows) {
        this.node = node;
        this.minimumRows = minimumRows;
        this.kind = node.find("kind").map(value -> value.choice(Kind.class)).orElse(Kind.THRESHOLD);
    }

    /** One rule, or the several that a kind stands for. */
    List<Rule> parse() {
        node.rejectUnknownKeys(known());
        if (kind == Kind.FAIRNESS) {
            return fairness();
        }
        return List.of(rule(metric(), criterion(), node.findText("name")));
    }

    private Rule rule(String metric, Criterion criterion, Optional<String> given) {
        Optional<SliceSpec> slice = node.find("slice").map(this::slice);
        String name = given.orElseGet(() -> defaultName(metric, slice));
        Severity severity =
                node.find("severity").map(value -> value.choice(Severity.class)).orElse(Severity.FAIL);
        return new Rule(name, metric, criterion, severity, direction(), slice, origin(), node.where());
    }

    private List<Rule> fairness() {
        Fairness criterion = node.get("criterion").choice(Fairness.class);
        Gap gap = gap();
        Optional<String> name = node.findText("name");
        return switch (criterion) {
            case DEMOGRAPHIC_PARITY -> List.of(rule("selection_rate", gap, name));
            case EQUAL_OPPORTUNITY -> List.of(rule("recall", gap, name));
            case EQUALIZED_ODDS ->
                List.of(
                        rule("recall", gap, name.map(n -> n + " (recall)")),
                        rule("fpr", gap, name.map(n -> n + " (fpr)")));
            case CALIBRATION -> List.of(rule("ece", new Threshold(word(), Bounds.atMost(gap.max()), false), name));
        };
    }

    private String[] known() {
        List<String> own = switch (kind) {
            case THRESHOLD, CALIBRATION -> List.of("min", "max", "decide");
            case LATENCY, SIZE, COST -> List.of("max", "decide");
            case CHANGE -> List.of("min", "max", "as", "against");
            case NON_INFERIORITY, SUPERIORITY, EQUIVALENCE -> List.of("margin", "test");
            case GAP -> List.of("max");
            case FAIRNESS -> List.of("criterion", "max");
            case LEAKAGE -> isImprovement() ? List.of("max", "as") : List.of("train", "columns", "max");
            case DATA -> List.of("file", "column", "check", "schema", "min", "max");
            case BEHAVIOUR -> List.of("cases", "output", "max");
            case ROBUSTNESS -> List.of("predictions", "disturb", "amount", "columns", "margin", "test");
            case EXPRESSION -> List.of("expression");
        };
        return Stream.concat(Stream.of(COMMON).filter(key -> hasSlices() || !key.equals("slice")), own.stream())
                .toArray(String[]::new);
    }

    /** Whether the rule looks at predictions; what it reads from files of its own has no slices. */
    private boolean hasSlices() {
        boolean ownTable = kind == Kind.DATA || kind == Kind.BEHAVIOUR || kind == Kind.LEAKAGE && !isImprovement();
        return !ownTable;
    }

    private String metric() {
        Optional<String> usual = switch (kind) {
            case CALIBRATION -> Optional.of("ece");
            case LEAKAGE -> isImprovement() ? Optional.empty() : Optional.of("overlap");
            case EXPRESSION -> Optional.of("expression");
            case BEHAVIOUR -> Optional.of("failing_cases");
            case DATA -> Optional.of(dataMetric());
            default -> Optional.empty();
        };
        if (usual.isPresent()) {
            return node.findText("metric").orElse(usual.get());
        }
        String metric = node.get("metric").text();
        if (metric.isBlank()) {
            throw node.get("metric").wrong("the metric has no name", "Name a metric, such as roc_auc.");
        }
        return metric;
    }

    private String dataMetric() {
        String check = node.get("check").text();
        return check + node.findText("column").map(column -> "(" + column + ")").orElse("");
    }

    private Optional<Origin> origin() {
        OriginParser origins = new OriginParser(node);
        return switch (kind) {
            case LEAKAGE -> isImprovement() ? Optional.empty() : Optional.of(origins.overlap());
            case DATA -> Optional.of(origins.data());
            case BEHAVIOUR -> Optional.of(origins.behaviour());
            case ROBUSTNESS -> Optional.of(origins.disturbed());
            default -> Optional.empty();
        };
    }

    /** Leakage seen by its effect: the candidate is better than the champion by more than can be true. */
    private boolean isImprovement() {
        return kind == Kind.LEAKAGE
                && node.find("train").isEmpty()
                && node.find("metric").isPresent();
    }

    private String defaultName(String metric, Optional<SliceSpec> slice) {
        return metric + " " + word() + slice.map(spec -> " by " + spec.name()).orElse("");
    }

    private String word() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<Direction> direction() {
        return node.find("better").map(value -> value.choice(Direction.class));
    }

    private Criterion criterion() {
        return switch (kind) {
            case THRESHOLD, CALIBRATION -> new Threshold(word(), bounds(), byInterval());
            case LATENCY, SIZE, COST -> new Threshold(word(), bounds(), byInterval());
            case CHANGE -> new Change(word(), bounds(), relative(), against());
            case EXPRESSION -> new Condition(expression());
            case NON_INFERIORITY -> comparison(Claim.NON_INFERIORITY);
            case SUPERIORITY -> comparison(Claim.SUPERIORITY);
            case EQUIVALENCE -> comparison(Claim.EQUIVALENCE);
            case GAP, FAIRNESS -> gap();
            case DATA -> new Threshold(word(), isSchema() ? Bounds.atMost(atMost()) : bounds(), false);
            case LEAKAGE -> isImprovement() ? improvement() : new Threshold(word(), Bounds.atMost(atMost()), false);
            case BEHAVIOUR -> new Threshold(word(), Bounds.atMost(atMost()), false);
            case ROBUSTNESS -> comparison(Claim.ROBUSTNESS);
        };
    }

    private boolean isSchema() {
        return node.get("check").choice(Origin.Check.class) == Origin.Check.SCHEMA;
    }

    private Change improvement() {
        double most = share(node.get("max"));
        Optional<Direction> better =
                direction().or(() -> KnownMetric.directionOf(node.get("metric").text()));
        if (better.isEmpty()) {
            throw node.wrong(
                    "which values of " + node.get("metric").text() + " are better?",
                    "Add 'better: higher' or 'better: lower'.");
        }
        Bounds bounds = better.get() == Direction.HIGHER ? Bounds.atMost(most) : Bounds.atLeast(-most);
        return new Change(word(), bounds, relative(), new Against.TheChampion());
    }

    private Expression expression() {
        ConfigNode text = node.get("expression");
        try {
            return Expression.compile(text.text());
        } catch (Expression.Refused e) {
            throw text.wrong(
                    "not a condition in CEL: " + e.getMessage(),
                    "Write such as candidate.roc_auc > champion.roc_auc - 0.01; numbers beside metrics need a point.");
        }
    }

    private Against against() {
        Optional<ConfigNode> given = node.find("against");
        if (given.filter(ConfigNode::isMap).isPresent()) {
            return builds(given.get().rejectUnknownKeys("builds", "take"));
        }
        String text = given.map(ConfigNode::text).orElse("champion");
        return text.equals("champion") ? new Against.TheChampion() : new Against.Model(text);
    }

    private static Against builds(ConfigNode given) {
        long count = given.get("builds").integer();
        if (count < 1 || count > 1000) {
            throw given.get("builds").wrong("must be from 1 to 1000, got " + count, "Usual is 5.");
        }
        return new Against.Builds(
                (int) count,
                given.find("take").map(take -> take.choice(Against.Take.class)).orElse(Against.Take.MEAN));
    }

    private boolean byInterval() {
        return node.find("decide").map(value -> value.choice(Decide.class)).orElse(Decide.POINT) == Decide.INTERVAL;
    }

    private boolean relative() {
        return node.find("as").map(value -> value.choice(Measure.class)).orElse(Measure.ABSOLUTE) == Measure.RELATIVE;
    }

    private Bounds bounds() {
        OptionalDouble min = finite("min");
        OptionalDouble max = finite("max");
        if (min.isEmpty() && max.isEmpty()) {
            throw node.wrong(
                    "a rule of the kind " + word() + " needs a limit",
                    kind == Kind.LATENCY || kind == Kind.SIZE || kind == Kind.COST
                            ? "Add 'max:'."
                            : "Add 'min:', 'max:' or both.");
        }
        if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
            throw node.get("min")
                    .wrong(
                            "min " + min.getAsDouble() + " is above max " + max.getAsDouble()
                                    + ", so nothing could pass",
                            "Exchange or correct the limits.");
        }
        return new Bounds(min, max);
    }

    private OptionalDouble finite(String key) {
        OptionalDouble value = node.findNumber(key);
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw node.get(key).wrong("must be a finite number", "Leave the key out for no limit.");
        }
        return value;
    }

    private Comparison comparison(Claim claim) {
        ConfigNode given = claim == Claim.SUPERIORITY ? node.find("margin").orElse(null) : node.get("margin");
        double margin = given == null ? 0 : given.number();
        boolean usable = Double.isFinite(margin) && (claim == Claim.SUPERIORITY ? margin >= 0 : margin > 0);
        if (!usable) {
            throw given.wrong(
                    "must be a finite number " + (claim == Claim.SUPERIORITY ? "from 0" : "above 0") + ", got "
                            + margin,
                    "Write how much worse (or different) still counts as as good, such as 0.01.");
        }
        TestMethod test =
                node.find("test").map(value -> value.choice(TestMethod.class)).orElse(TestMethod.AUTO);
        return new Comparison(claim, margin, test);
    }

    private Gap gap() {
        if (node.find("slice").isEmpty()) {
            throw node.wrong(
                    "a rule of the kind " + word() + " compares slices", "Add 'slice:' with the name of a column.");
        }
        return new Gap(word(), share(node.get("max")));
    }

    /** The largest allowed share, 0 unless given. */
    private double atMost() {
        return node.find("max").map(RuleParser::share).orElse(0.0);
    }

    private static double share(ConfigNode value) {
        double max = value.number();
        if (!(max >= 0) || Double.isInfinite(max)) {
            throw value.wrong("must be a finite number from 0, got " + max);
        }
        return max;
    }

    private SliceSpec slice(ConfigNode slice) {
        if (!slice.isMap()) {
            return new SliceSpec(Optional.of(slice.text()), Optional.empty(), slice.text(), minimumRows, false);
        }
        slice.rejectUnknownKeys("column", "where", "name", "minRows", "small");
        Optional<String> column = slice.findText("column");
        Optional<String> where = slice.findText("where");
        if (column.isPresent() == where.isPresent()) {
            throw slice.wrong("a slice needs either 'column' or 'where'", "Write one of them.");
        }
        long rows = slice.findInteger("minRows").orElse(minimumRows);
        if (rows < 2) {
            throw slice.get("minRows").wrong("must be at least 2, got " + rows);
        }
        boolean ignore =
                slice.find("small").map(value -> value.choice(Small.class)).orElse(Small.INCONCLUSIVE) == Small.IGNORE;
        String name =
                slice.findText("name").orElseGet(() -> column.or(() -> where).orElseThrow());
        return new SliceSpec(column, where, name, rows, ignore);
    }
}
