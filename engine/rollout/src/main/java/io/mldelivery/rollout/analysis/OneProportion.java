package io.mldelivery.rollout.analysis;

/** Compares the share of bad requests of the new version with the share that an absolute limit allows. Exact binomial. */
final class OneProportion {
    private OneProportion() {}

    /**
     * Logarithms of the likelihood ratios, for each alternative, of one look's counts.
     *
     * @param allowed the share of bad requests that the limit allows, between 0 and 1 exclusive
     */
    static double[] logLikelihoodRatios(long requests, long bad, double allowed) {
        double[] ratios = new double[Alternatives.count()];
        for (int i = 0; i < ratios.length; i++) {
            double odds = Alternatives.oddsRatio(i);
            double alternative = odds * allowed / (1 - allowed + odds * allowed);
            ratios[i] = bad * Math.log(alternative / allowed)
                    + (requests - bad) * (Math.log1p(-alternative) - Math.log1p(-allowed));
        }
        return ratios;
    }

    /**
     * About how many requests it takes until a share this bad is proved to break the limit.
     *
     * @param missing natural logarithm of the evidence still missing
     */
    static double requestsToProve(double share, double allowed, double missing) {
        double gain = share * Math.log(share / allowed);
        double loss = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - allowed));
        return missing / (gain + loss);
    }
}
