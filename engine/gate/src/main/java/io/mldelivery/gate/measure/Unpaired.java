package io.mldelivery.gate.measure;

import io.mldelivery.gate.inference.Inference;
import io.mldelivery.gate.inference.NewcombeInference;
import io.mldelivery.gate.inference.NormalInference;
import io.mldelivery.gate.inference.ShiftInference;
import io.mldelivery.gate.inference.StudentInference;
import io.mldelivery.gate.policy.TestMethod;
import io.mldelivery.stats.Proportion;
import java.util.Optional;

/** Chooses and makes the inference about the difference of two models' metrics on different rows. */
public final class Unpaired {
    private final boolean weighted;

    /** @param weighted whether rows of either side have weights */
    public Unpaired(boolean weighted) {
        this.weighted = weighted;
    }

    /** Why a method does not fit the metric and the rows; absent when it does. */
    public Optional<String> misfit(TestMethod method, Estimate estimate) {
        return switch (method) {
            case AUTO, DELTA -> Optional.empty();
            case TWO_PROPORTION ->
                misfit(
                        estimate.isShare() && !weighted,
                        "two-proportion compares shares of rows without weights, such as accuracy");
            case WELCH, MANN_WHITNEY ->
                misfit(
                        estimate.isMean() && !weighted,
                        "this test compares metrics that are means over rows without weights, such as log_loss or mae");
            default -> Optional.of("this test is for models that were scored on the same rows");
        };
    }

    private static Optional<String> misfit(boolean fits, String otherwise) {
        return fits ? Optional.empty() : Optional.of(otherwise);
    }

    /** What is known about the difference, candidate minus champion; the method must fit. */
    public Inference difference(TestMethod method, Estimate candidate, Estimate champion) {
        return switch (method == TestMethod.AUTO ? chosen(candidate) : method) {
            case TWO_PROPORTION -> new NewcombeInference(share(candidate), share(champion));
            case WELCH -> StudentInference.ofDifferentRows(candidate.perRow(), champion.perRow());
            case MANN_WHITNEY -> new ShiftInference(candidate.perRow(), champion.perRow());
            default ->
                new NormalInference(
                        "delta-unpaired",
                        candidate.value() - champion.value(),
                        Math.hypot(candidate.standardError(), champion.standardError()));
        };
    }

    private TestMethod chosen(Estimate estimate) {
        if (weighted) {
            return TestMethod.DELTA;
        }
        if (estimate.isShare()) {
            return TestMethod.TWO_PROPORTION;
        }
        return estimate.isMean() ? TestMethod.WELCH : TestMethod.DELTA;
    }

    private static Proportion share(Estimate estimate) {
        return new Proportion(Math.round(estimate.value() * estimate.units()), estimate.units());
    }
}
