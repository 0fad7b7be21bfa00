package io.mldelivery.rollout.analysis;

/**
 * Compares the share of bad requests of two versions that serve at the same time. Only how the bad requests of one look
 * fall on the two versions counts: given their number, that split is hypergeometric when both are equally good, whatever
 * the common rate is and however it or the weights change between looks. Exact, no normal approximation, no nuisance
 * parameter; one-sided (Fisher's noncentral hypergeometric distribution as alternative).
 */
final class TwoProportions {
    private TwoProportions() {}

    /** Logarithms of the likelihood ratios, for each alternative, of one look's counts. */
    static double[] logLikelihoodRatios(long newRequests, long newBad, long oldRequests, long oldBad) {
        double[] ratios = new double[Alternatives.count()];
        long bad = newBad + oldBad;
        if (bad == 0 || newRequests == 0 || oldRequests == 0) {
            return ratios;
        }
        long least = Math.max(0, bad - oldRequests);
        double[] probabilities = hypergeometric(newRequests, oldRequests, bad);
        for (int i = 0; i < ratios.length; i++) {
            double odds = Math.log(Alternatives.oddsRatio(i));
            ratios[i] = (newBad - least) * odds - logExpectation(probabilities, odds);
        }
        return ratios;
    }

    /** The probabilities that the least possible, one more, two more, … of the bad requests are the new version's. */
    static double[] split(long newRequests, long oldRequests, long bad) {
        double[] probabilities = hypergeometric(newRequests, oldRequests, bad);
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.exp(probabilities[i]);
        }
        return probabilities;
    }

    /** Logarithm of the expected value of odds to the power of (count above the least). */
    private static double logExpectation(double[] probabilities, double logOdds) {
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < probabilities.length; k++) {
            high = Math.max(high, probabilities[k] + k * logOdds);
        }
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            sum += Math.exp(probabilities[k] + k * logOdds - high);
        }
        return high + Math.log(sum);
    }

    /** Logarithms of the probabilities that least, least + 1, … of the bad requests are the new version's. */
    private static double[] hypergeometric(long newRequests, long oldRequests, long bad) {
        long least = Math.max(0, bad - oldRequests);
        long most = Math.min(bad, newRequests);
        double[] logs = new double[(int) (most - least + 1)];
        for (int i = 1; i < logs.length; i++) {
            double k = least + i;
            logs[i] = logs[i - 1] + Math.log((newRequests - k + 1) * (bad - k + 1) / (k * (oldRequests - bad + k)));
        }
        double total = logExpectation(logs, 0);
        for (int i = 0; i < logs.length; i++) {
            logs[i] -= total;
        }
        return logs;
    }
}
