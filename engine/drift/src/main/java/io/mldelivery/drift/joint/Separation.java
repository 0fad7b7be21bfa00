package io.mldelivery.drift.joint;

import io.mldelivery.stats.DeLong;
import io.mldelivery.stats.Tails;

/**
 * How well scores tell current rows from reference rows: the area under the ROC curve, with the p-value of "no better
 * than a coin", one-sided, from DeLong's variance.
 */
record Separation(double area, double pValue) {

    static Separation of(boolean[] isCurrent, double[] scores) {
        DeLong curve = DeLong.single(isCurrent, scores);
        double error = curve.standardErrorFirst();
        double area = curve.areaFirst();
        if (!(error > 0)) {
            return new Separation(area, area > 0.5 ? 0 : 1);
        }
        return new Separation(area, Tails.normalSurvival((area - 0.5) / error));
    }
}
