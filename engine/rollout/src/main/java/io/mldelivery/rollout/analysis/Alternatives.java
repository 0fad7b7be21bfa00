package io.mldelivery.rollout.analysis;

/** How bad the new version may be: odds of a bad request, as multiples of what the limit allows. */
final class Alternatives {
    private static final double[] ODDS_RATIOS = {1.7, 2.5, 3.5, 5, 8, 14, 40, 120};

    private Alternatives() {}

    static int count() {
        return ODDS_RATIOS.length;
    }

    static double oddsRatio(int index) {
        return ODDS_RATIOS[index];
    }
}
