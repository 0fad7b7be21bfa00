package io.mldelivery.stats;

/** How many observations a comparison needs. */
public final class Power {
    private Power() {}

    /** Cohen's effect size h of two proportions: the difference of their arcsine-transformed values. */
    public static double cohenH(double p1, double p2) {
        return 2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2));
    }

    /**
     * The (not rounded) observations per arm with which a two-sided z-test of two equal arms shows the effect h with
     * the given power; as statsmodels' {@code NormalIndPower}. Infinite for no effect.
     */
    public static double perArm(double h, double alpha, double power) {
        if (h == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = 2;
        while (powerOf(h, high, alpha) < power) {
            high *= 2;
        }
        for (int i = 0; i < 200 && high - low > 1e-13 * high; i++) {
            double middle = (low + high) / 2;
            if (powerOf(h, middle, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The power of the two-sided z-test of two arms of n observations each. */
    public static double powerOf(double h, double n, double alpha) {
        double critical = Tails.normalQuantile(1 - alpha / 2);
        double shift = Math.abs(h) * Math.sqrt(n / 2);
        return Tails.normalSurvival(critical - shift) + Tails.normalCdf(-critical - shift);
    }

    /**
     * The rows with which an estimate, whose standard error is {@code standardError} on {@code rows} rows, is told
     * apart from a limit at distance {@code distance} by a one-sided test; infinite for distance 0.
     *
     * @param alpha the one-sided error rate
     * @param power the wanted chance to decide, such as 0.8
     */
    public static double rowsToDecide(double standardError, double rows, double distance, double alpha, double power) {
        double z = Tails.normalQuantile(1 - alpha) + Tails.normalQuantile(power);
        double ratio = z * standardError / distance;
        return distance == 0 ? Double.POSITIVE_INFINITY : rows * ratio * ratio;
    }
}
