package io.mldelivery.gate.metric;

import static io.mldelivery.gate.metric.Direction.HIGHER;
import static io.mldelivery.gate.metric.Direction.LOWER;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The metrics that are computed from predictions, under scikit-learn's names, and which way is better. Names may carry
 * a parameter, written {@code ndcg@10} or {@code ndcg_at_10}, {@code pinball@0.9}, {@code top_k_accuracy@3}.
 */
public enum KnownMetric {
    ROC_AUC(HIGHER, 0, 1, "auc", "auroc"),
    PR_AUC(HIGHER, 0, 1, "average_precision"),
    ACCURACY(HIGHER, 0, 1, "acc"),
    BALANCED_ACCURACY(HIGHER, 0, 1),
    PRECISION(HIGHER, 0, 1),
    RECALL(HIGHER, 0, 1, "sensitivity", "tpr", "true_positive_rate"),
    SPECIFICITY(HIGHER, 0, 1, "tnr", "true_negative_rate"),
    FPR(LOWER, 0, 1, "false_positive_rate"),
    FNR(LOWER, 0, 1, "false_negative_rate"),
    F1(HIGHER, 0, 1, "f1_score"),
    MCC(HIGHER, -1, 1, "matthews_corrcoef"),
    KAPPA(HIGHER, -1, 1, "cohen_kappa"),
    LOG_LOSS(LOWER, 0, Double.POSITIVE_INFINITY, "logloss"),
    BRIER(LOWER, 0, 2, "brier_score"),
    ECE(LOWER, 0, 1, "expected_calibration_error"),
    RELIABILITY(LOWER, 0, 1),
    SELECTION_RATE(null, 0, 1, "positive_rate"),
    PRECISION_MACRO(HIGHER, 0, 1),
    PRECISION_WEIGHTED(HIGHER, 0, 1),
    PRECISION_MICRO(HIGHER, 0, 1),
    RECALL_MACRO(HIGHER, 0, 1),
    RECALL_WEIGHTED(HIGHER, 0, 1),
    RECALL_MICRO(HIGHER, 0, 1),
    F1_MACRO(HIGHER, 0, 1),
    F1_WEIGHTED(HIGHER, 0, 1),
    F1_MICRO(HIGHER, 0, 1),
    TOP_K_ACCURACY(HIGHER, 0, 1),
    MAE(LOWER, 0, Double.POSITIVE_INFINITY, "mean_absolute_error"),
    MSE(LOWER, 0, Double.POSITIVE_INFINITY, "mean_squared_error"),
    RMSE(LOWER, 0, Double.POSITIVE_INFINITY, "root_mean_squared_error"),
    R2(HIGHER, Double.NEGATIVE_INFINITY, 1, "r2_score"),
    MAPE(LOWER, 0, Double.POSITIVE_INFINITY, "mean_absolute_percentage_error"),
    PINBALL(LOWER, 0, Double.POSITIVE_INFINITY, "mean_pinball_loss"),
    BIAS(null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "mean_error"),
    NDCG(HIGHER, 0, 1),
    MAP(HIGHER, 0, 1),
    MRR(HIGHER, 0, 1);

    private static final Pattern LOWER_IS_BETTER = Pattern.compile(
            "latency.*|.*_(ms|us|ns|seconds|bytes|mb|gb|usd|eur|cost|loss|error|errors|size)|cost.*|size.*|tests_failed"
                    + "|tests_skipped|benchmark\\..*\\.(mean|median|max|min|stddev|q1|q3|iqr|total)");
    private static final Pattern HIGHER_IS_BETTER =
            Pattern.compile("tests_pass_rate|throughput.*|.*_(accuracy|precision|recall|auc|f1)|benchmark\\..*\\.ops");

    private final Direction direction;
    private final double lowest;
    private final double highest;
    private final List<String> aliases;

    KnownMetric(Direction direction, double lowest, double highest, String... aliases) {
        this.direction = direction;
        this.lowest = lowest;
        this.highest = highest;
        this.aliases = List.of(aliases);
    }

    /** The metric of this name (without a parameter) or alias. */
    public static Optional<KnownMetric> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (KnownMetric metric : values()) {
            if (metric.key().equals(lower) || metric.aliases.contains(lower)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    /** Which values of a metric are better, known or guessed from its name; absent when neither is possible. */
    public static Optional<Direction> directionOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<KnownMetric> known = MetricName.parse(name).flatMap(MetricName::known);
        if (known.isPresent()) {
            return Optional.ofNullable(known.get().direction);
        }
        if (LOWER_IS_BETTER.matcher(lower).matches()) {
            return Optional.of(LOWER);
        }
        return HIGHER_IS_BETTER.matcher(lower).matches() ? Optional.of(HIGHER) : Optional.empty();
    }

    /** The name in policies. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The smallest possible value. */
    public double lowest() {
        return lowest;
    }

    /** The largest possible value. */
    public double highest() {
        return highest;
    }
}
