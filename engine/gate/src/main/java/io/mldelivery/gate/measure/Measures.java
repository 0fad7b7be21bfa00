package io.mldelivery.gate.measure;

import io.mldelivery.config.Nearest;
import io.mldelivery.gate.measure.Confusion.PerClass;
import io.mldelivery.gate.measure.Measured.Impossible;
import io.mldelivery.gate.measure.Measured.Value;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricName;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The metrics of one model on the rows of an {@link EvaluationSet}. What several metrics need (the order of the
 * scores, the confusion of classes) is computed once and kept. Not for use by several threads.
 */
public final class Measures {
    private static final Set<KnownMetric> OF_CLASSES = EnumSet.of(
            KnownMetric.ACCURACY,
            KnownMetric.BALANCED_ACCURACY,
            KnownMetric.MCC,
            KnownMetric.KAPPA,
            KnownMetric.PRECISION_MACRO,
            KnownMetric.PRECISION_MICRO,
            KnownMetric.PRECISION_WEIGHTED,
            KnownMetric.RECALL_MACRO,
            KnownMetric.RECALL_MICRO,
            KnownMetric.RECALL_WEIGHTED,
            KnownMetric.F1_MACRO,
            KnownMetric.F1_MICRO,
            KnownMetric.F1_WEIGHTED);
    private static final Set<KnownMetric> OF_SCORES = EnumSet.of(
            KnownMetric.ROC_AUC,
            KnownMetric.PR_AUC,
            KnownMetric.LOG_LOSS,
            KnownMetric.BRIER,
            KnownMetric.ECE,
            KnownMetric.RELIABILITY);
    private static final Set<KnownMetric> OF_TWO_CLASSES = EnumSet.of(
            KnownMetric.PRECISION,
            KnownMetric.RECALL,
            KnownMetric.SPECIFICITY,
            KnownMetric.FPR,
            KnownMetric.FNR,
            KnownMetric.F1,
            KnownMetric.SELECTION_RATE);
    private static final Set<KnownMetric> OF_RANKINGS = EnumSet.of(KnownMetric.NDCG, KnownMetric.MAP, KnownMetric.MRR);
    private static final Set<KnownMetric> OF_VALUES = EnumSet.of(
            KnownMetric.MAE,
            KnownMetric.MSE,
            KnownMetric.RMSE,
            KnownMetric.R2,
            KnownMetric.MAPE,
            KnownMetric.PINBALL,
            KnownMetric.BIAS);

    private final EvaluationSet set;
    private final Scores scores;
    private final Weights weights;
    private final Supplier<Confusion> confusion = once(this::newConfusion);
    private final List<Supplier<Curves>> curves = new ArrayList<>();

    public Measures(EvaluationSet set, Scores scores) {
        this.set = set;
        this.scores = scores;
        this.weights = new Weights(set.weight(), set.rows());
        int curveCount = set.task() == Task.MULTICLASS ? set.classes().size() : 1;
        for (int k = 0; k < curveCount; k++) {
            int positive = set.task() == Task.MULTICLASS ? k : 1;
            curves.add(once(() -> newCurves(positive)));
        }
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        return new Supplier<>() {
            private Optional<T> made = Optional.empty();

            @Override
            public T get() {
                if (made.isEmpty()) {
                    made = Optional.of(supplier.get());
                }
                return made.get();
            }
        };
    }

    /** The task that a metric belongs to when it belongs to one alone. */
    public static Optional<Task> taskOf(KnownMetric metric) {
        if (OF_VALUES.contains(metric)) {
            return Optional.of(Task.REGRESSION);
        }
        if (OF_RANKINGS.contains(metric)) {
            return Optional.of(Task.RANKING);
        }
        return OF_TWO_CLASSES.contains(metric) ? Optional.of(Task.BINARY) : Optional.empty();
    }

    /** The metrics that exist for a task, in a fixed order. */
    public static List<KnownMetric> of(Task task) {
        EnumSet<KnownMetric> metrics = switch (task) {
            case BINARY -> union(OF_TWO_CLASSES, OF_CLASSES, OF_SCORES);
            case MULTICLASS ->
                union(
                        OF_CLASSES,
                        EnumSet.of(KnownMetric.TOP_K_ACCURACY),
                        EnumSet.of(KnownMetric.ROC_AUC, KnownMetric.LOG_LOSS, KnownMetric.BRIER));
            case REGRESSION -> EnumSet.copyOf(OF_VALUES);
            case RANKING -> EnumSet.copyOf(OF_RANKINGS);
        };
        return List.copyOf(metrics);
    }

    @SafeVarargs
    private static EnumSet<KnownMetric> union(Set<KnownMetric>... sets) {
        EnumSet<KnownMetric> all = EnumSet.noneOf(KnownMetric.class);
        for (Set<KnownMetric> each : sets) {
            all.addAll(each);
        }
        return all;
    }

    /** The metric of this name. */
    public Measured measure(String name) {
        Optional<MetricName> parsed = MetricName.parse(name);
        Optional<KnownMetric> known = parsed.flatMap(MetricName::known);
        if (known.isEmpty()) {
            return new Impossible(unknown(name));
        }
        if (!of(set.task()).contains(known.get())) {
            return new Impossible("does not exist for " + set.task().name().toLowerCase(Locale.ROOT) + " predictions");
        }
        return measure(known.get(), parsed.get());
    }

    private String unknown(String name) {
        List<String> known = of(set.task()).stream().map(KnownMetric::key).toList();
        List<String> near = Nearest.to(name, known);
        return "is not one that is computed from predictions "
                + (near.isEmpty()
                        ? "(those are: " + String.join(", ", known) + ")"
                        : "(did you mean " + String.join(" or ", near) + "?)");
    }

    private Measured measure(KnownMetric metric, MetricName name) {
        return switch (set.task()) {
            case REGRESSION -> regression(metric, name);
            case RANKING -> ranking(metric, name);
            case BINARY, MULTICLASS -> classification(metric, name);
        };
    }

    private Measured classification(KnownMetric metric, MetricName name) {
        if (OF_CLASSES.contains(metric) || OF_TWO_CLASSES.contains(metric)) {
            return ofClasses(metric);
        }
        return set.task() == Task.BINARY ? ofScore(metric, name) : ofProbabilities(metric, name);
    }

    private Confusion newConfusion() {
        return new Confusion(set.label(), scores.predicted(), set.classes().size(), weights);
    }

    private Measured ofClasses(KnownMetric metric) {
        Confusion c = confusion.get();
        Estimate estimate = switch (metric) {
            case ACCURACY, PRECISION_MICRO, RECALL_MICRO, F1_MICRO -> c.accuracy();
            case BALANCED_ACCURACY -> c.balancedAccuracy();
            case MCC -> c.mcc();
            case KAPPA -> c.kappa();
            case PRECISION -> c.precision(1);
            case RECALL -> c.recall(1);
            case SPECIFICITY -> c.recall(0);
            case FPR -> c.mistaken(0, 1);
            case FNR -> c.mistaken(1, 0);
            case F1 -> c.f1(1);
            case SELECTION_RATE -> c.selected(1);
            case PRECISION_MACRO -> c.macro(PerClass.PRECISION);
            case RECALL_MACRO -> c.macro(PerClass.RECALL);
            case F1_MACRO -> c.macro(PerClass.F1);
            case PRECISION_WEIGHTED -> c.weighted(PerClass.PRECISION);
            case RECALL_WEIGHTED -> c.weighted(PerClass.RECALL);
            case F1_WEIGHTED -> c.weighted(PerClass.F1);
            default -> throw new IllegalStateException(metric + " is no metric of classes");
        };
        return value(estimate);
    }

    private static Measured value(Estimate estimate) {
        return Double.isFinite(estimate.value())
                ? new Value(estimate)
                : new Impossible("is not defined on these rows (all of one class)");
    }

    private boolean[] positive(int k) {
        boolean[] positive = new boolean[set.rows()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = set.label()[i] == k;
        }
        return positive;
    }

    private Curves newCurves(int k) {
        double[] score = set.task() == Task.MULTICLASS ? scores.probabilities()[k] : scores.score();
        return new Curves(positive(k), score, weights);
    }

    private Measured ofScore(KnownMetric metric, MetricName name) {
        if (scores.score().length == 0) {
            return new Impossible("needs scores, and there are only predicted classes");
        }
        if (metric == KnownMetric.ROC_AUC || metric == KnownMetric.PR_AUC) {
            return area(curves.get(0).get(), metric);
        }
        if (!areProbabilities(scores.score())) {
            return new Impossible("needs probabilities, and some scores are not between 0 and 1");
        }
        Losses losses = new Losses(weights);
        boolean[] positive = positive(1);
        return value(
                switch (metric) {
                    case LOG_LOSS -> losses.logLoss(positive, scores.score());
                    case BRIER -> losses.brier(positive, scores.score());
                    case RELIABILITY -> losses.reliability(positive, scores.score(), bins(name));
                    case ECE -> losses.calibrationError(positive, scores.score(), bins(name));
                    default -> throw new IllegalStateException(metric + " is no metric of scores");
                });
    }

    private static int bins(MetricName name) {
        return (int) Math.max(1, Math.min(1_000, name.parameter().orElse(10)));
    }

    private Measured area(Curves curve, KnownMetric metric) {
        if (!curve.hasBothClasses()) {
            return new Impossible("needs both classes, and all " + set.rows() + " rows are of one");
        }
        return new Value(metric == KnownMetric.ROC_AUC ? curve.rocArea() : curve.averagePrecision());
    }

    /** The number of rows of the rarer class; all rows outside binary classification. */
    public long rarerRows() {
        if (set.task() != Task.BINARY) {
            return set.rows();
        }
        long positives = 0;
        for (int label : set.label()) {
            positives += label;
        }
        return Math.min(positives, set.rows() - positives);
    }

    /** The curves of binary scores; absent for other tasks, without scores, and for rows of one class. */
    public Optional<Plots.OfModel> plots() {
        if (set.task() != Task.BINARY
                || scores.score().length == 0
                || !curves.get(0).get().hasBothClasses()) {
            return Optional.empty();
        }
        Curves curve = curves.get(0).get();
        return Optional.of(new Plots.OfModel(
                curve.roc(),
                curve.precisionRecall(),
                areProbabilities(scores.score()) ? new Losses(weights).bins(positive(1), scores.score()) : List.of()));
    }

    private static boolean areProbabilities(double[] score) {
        for (double s : score) {
            if (!(s >= 0 && s <= 1)) {
                return false;
            }
        }
        return true;
    }

    private Measured ofProbabilities(KnownMetric metric, MetricName name) {
        double[][] probabilities = scores.probabilities();
        if (probabilities.length == 0) {
            return new Impossible("needs a score for each class, and there are only predicted classes");
        }
        Losses losses = new Losses(weights);
        return switch (metric) {
            case TOP_K_ACCURACY ->
                value(losses.topK(
                        set.label(), probabilities, (int) name.parameter().orElse(2)));
            case ROC_AUC -> oneAgainstRest();
            case LOG_LOSS, BRIER -> {
                for (double[] ofClass : probabilities) {
                    if (!areProbabilities(ofClass)) {
                        yield new Impossible("needs probabilities, and some scores are not between 0 and 1");
                    }
                }
                yield value(
                        metric == KnownMetric.LOG_LOSS
                                ? losses.logLoss(set.label(), probabilities)
                                : losses.brier(set.label(), probabilities));
            }
            default -> throw new IllegalStateException(metric + " is no metric of probabilities");
        };
    }

    /** The plain mean over classes of the area of each against the rest. */
    private Measured oneAgainstRest() {
        double[] contributions = new double[set.rows()];
        double sum = 0;
        for (Supplier<Curves> each : curves) {
            if (!each.get().hasBothClasses()) {
                return new Impossible("needs rows of every class");
            }
            Estimate area = each.get().rocArea();
            sum += area.value();
            for (int i = 0; i < contributions.length; i++) {
                contributions[i] += area.contributions()[i] / curves.size();
            }
        }
        return new Value(new Estimate(sum / curves.size(), contributions, Estimate.Form.SMOOTH));
    }

    private Measured regression(KnownMetric metric, MetricName name) {
        Losses losses = new Losses(weights);
        double[] y = set.y();
        double[] value = scores.score();
        return switch (metric) {
            case MAE -> value(losses.absoluteError(y, value));
            case MSE -> value(losses.squaredError(y, value));
            case RMSE -> value(losses.rootSquaredError(y, value));
            case MAPE -> value(losses.absolutePercentageError(y, value));
            case BIAS -> value(losses.bias(y, value));
            case PINBALL -> pinball(losses, name.parameter().orElse(0.5));
            case R2 ->
                varies(y) ? value(losses.determination(y, value)) : new Impossible("needs true values that differ");
            default -> throw new IllegalStateException(metric + " is no metric of values");
        };
    }

    private Measured pinball(Losses losses, double quantile) {
        return quantile > 0 && quantile < 1
                ? value(losses.pinball(set.y(), scores.score(), quantile))
                : new Impossible("needs a quantile between 0 and 1, such as pinball@0.9");
    }

    private static boolean varies(double[] y) {
        for (double value : y) {
            if (value != y[0]) {
                return true;
            }
        }
        return false;
    }

    private Measured ranking(KnownMetric metric, MetricName name) {
        if (set.isWeighted()) {
            return new Impossible("has no form with row weights");
        }
        int k = (int) name.parameter().orElse(Integer.MAX_VALUE);
        if (k < 1) {
            return new Impossible("needs at least the first row, such as ndcg@10");
        }
        Rankings rankings = new Rankings(set.y(), scores.score(), set.group());
        return value(
                switch (metric) {
                    case NDCG -> rankings.ndcg(k);
                    case MAP -> rankings.averagePrecision(k);
                    case MRR -> rankings.reciprocalRank(k);
                    default -> throw new IllegalStateException(metric + " is no metric of rankings");
                });
    }
}
