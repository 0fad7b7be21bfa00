package io.mldelivery.gate.measure;

import io.mldelivery.gate.inference.Inference;
import io.mldelivery.gate.inference.NormalInference;
import io.mldelivery.gate.inference.PermutationInference;
import io.mldelivery.gate.inference.ShareInference;
import io.mldelivery.gate.inference.StudentInference;
import io.mldelivery.gate.inference.TangoInference;
import io.mldelivery.gate.inference.WilcoxonInference;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.policy.TestMethod;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.stats.McNemar;
import io.mldelivery.stats.Proportion;
import java.util.Optional;

/** Chooses and makes the inference about one model's metric, or about the difference of two on the same rows. */
public final class Paired {
    private final EvaluationSet set;
    private final String metric;
    private final boolean isAccuracy;

    public Paired(EvaluationSet set, String metric) {
        this.set = set;
        this.metric = metric;
        this.isAccuracy = KnownMetric.named(metric)
                .filter(known -> known == KnownMetric.ACCURACY)
                .isPresent();
    }

    /** What is known about one model's metric: Wilson's interval for shares of rows, else the delta method. */
    public Inference single(Estimate estimate) {
        if (estimate.isShare() && !set.isWeighted()) {
            long successes = Math.round(estimate.value() * estimate.units());
            return new ShareInference(new Proportion(successes, estimate.units()));
        }
        String name = estimate.isArea() && !set.isWeighted() ? "delong" : "delta";
        return new NormalInference(name, estimate.value(), estimate.standardError());
    }

    /** Why a method does not fit the metric and the rows; absent when it does. */
    public Optional<String> misfit(TestMethod method, Estimate estimate) {
        boolean weighted = set.isWeighted();
        return switch (method) {
            case AUTO, DELTA, BOOTSTRAP -> Optional.empty();
            case DELONG -> misfit(estimate.isArea() && !weighted, "delong compares roc_auc of rows without weights");
            case MCNEMAR, MCNEMAR_EXACT ->
                misfit(isAccuracy && !weighted, "mcnemar compares accuracy of rows without weights");
            case PAIRED_T, WILCOXON, PERMUTATION ->
                misfit(
                        estimate.isMean() && !weighted,
                        "this test compares metrics that are means over rows without weights, such as log_loss or mae");
            case TWO_PROPORTION, WELCH, MANN_WHITNEY ->
                Optional.of("this test is for models that were scored on"
                        + " different rows ('predictions: {rows: different}')");
        };
    }

    private static Optional<String> misfit(boolean fits, String otherwise) {
        return fits ? Optional.empty() : Optional.of(otherwise);
    }

    /** What is known about the difference, candidate minus champion; the method must fit. */
    public Inference difference(TestMethod method, Estimate candidate, Estimate champion, long seed) {
        return switch (method) {
            case AUTO -> difference(chosen(candidate), candidate, champion, seed);
            case DELONG -> normal("delong", candidate, champion);
            case DELTA -> normal("delta", candidate, champion);
            case MCNEMAR -> tango(candidate, champion, false);
            case MCNEMAR_EXACT -> tango(candidate, champion, true);
            case BOOTSTRAP -> new Resampling(set, metric).infer(candidate, champion, seed);
            case PAIRED_T -> new StudentInference(candidate.differences(champion));
            case WILCOXON -> new WilcoxonInference(candidate.differences(champion));
            case PERMUTATION -> new PermutationInference(candidate.differences(champion), seed);
            case TWO_PROPORTION, WELCH, MANN_WHITNEY -> throw new IllegalArgumentException(method + " does not fit");
        };
    }

    private TestMethod chosen(Estimate estimate) {
        if (set.isWeighted()) {
            return TestMethod.DELTA;
        }
        if (estimate.isArea()) {
            return TestMethod.DELONG;
        }
        if (isAccuracy) {
            return TestMethod.MCNEMAR;
        }
        return estimate.isMean() ? TestMethod.PAIRED_T : TestMethod.DELTA;
    }

    private static Inference normal(String name, Estimate candidate, Estimate champion) {
        return new NormalInference(
                name, candidate.value() - champion.value(), candidate.standardErrorOfDifference(champion));
    }

    private static Inference tango(Estimate candidate, Estimate champion, boolean exact) {
        long onlyCandidate = 0;
        long onlyChampion = 0;
        double[] differences = candidate.differences(champion);
        for (double d : differences) {
            onlyCandidate += d > 0.5 ? 1 : 0;
            onlyChampion += d < -0.5 ? 1 : 0;
        }
        return new TangoInference(new McNemar(onlyCandidate, onlyChampion), differences.length, exact);
    }
}
