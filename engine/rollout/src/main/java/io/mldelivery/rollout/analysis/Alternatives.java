package io.mldelivery.rollout.analysis;

/** How bad the new version may be: odds of a bad request, as multiples of what the limit allows. */
final class Alternatives {
    private static final double[] ODDS_RATIOS = {1.7, 2.5, 3.5, 5, 8, 14, 40, 120};

    /** How much of what can be lost is staked in a bet on a mean. */
    private static final double[] STAKES = {0.005, 0.015, 0.04, 0.1, 0.2, 0.4, 0.65, 0.9};

    private Alternatives() {}

    static int count() {
        return ODDS_RATIOS.length;
    }

    static double oddsRatio(int index) {
        return ODDS_RATIOS[index];
    }

    static double stake(int index) {
        return STAKES[index];
    }
}
