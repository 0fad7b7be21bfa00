package io.mldelivery.gate.report;

/** What a test takes for granted, in a sentence. */
final class Assumptions {
    private Assumptions() {}

    static String of(String test) {
        return switch (test) {
            case "delong" -> "Rows are independent; there are enough of either class for a normal approximation.";
            case "delta", "delta-unpaired" ->
                "Rows are independent; the metric is smooth, and there are enough rows for a normal approximation.";
            case "mcnemar-exact", "mcnemar-mid-p", "mcnemar" -> "Rows are independent; nothing else.";
            case "paired-t", "student-t" -> "Rows are independent; the mean of their differences is close to normal.";
            case "welch" -> "Rows are independent, within and between the models; both means are close to normal.";
            case "two-proportion-z" -> "Rows are independent, within and between the models.";
            case "mann-whitney" -> "Rows are independent; both distributions are alike but for a shift.";
            case "bootstrap" -> "Rows are independent; resampled rows vary as new rows would.";
            case "permutation" ->
                "Rows are independent; candidate and champion may be swapped on each row but for a shift.";
            default ->
                test.startsWith("wilcoxon")
                        ? "Rows are independent; their differences are symmetric around the centre."
                        : "Rows are independent.";
        };
    }
}
