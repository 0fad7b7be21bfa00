package io.mldelivery.stats;

import java.util.Arrays;

/**
 * Areas under the ROC curves of two scores on the same rows, with their covariance.
 *
 * <p>E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson (1988), by the mid-ranks of X. Sun and W. Xu (2014): time
 * n·log n or better, exact with ties.
 */
public final class DeLong {
    private final double[] areas;
    private final double[][] covariance;

    private DeLong(double[] areas, double[][] covariance) {
        this.areas = areas;
        this.covariance = covariance;
    }

    /** Compares two scores. */
    public static DeLong compare(boolean[] positive, double[] first, double[] second) {
        return of(positive, first, second);
    }

    /** One score's area alone: {@link #areaSecond()} and the comparison are the score against itself. */
    public static DeLong single(boolean[] positive, double[] score) {
        return of(positive, score, score);
    }

    private static DeLong of(boolean[] positive, double[] first, double[] second) {
        int m = count(positive);
        int n = positive.length - m;
        if (m < 1 || n < 1) {
            throw new IllegalArgumentException("an ROC curve needs both classes, got " + m + " and " + n + " rows");
        }
        Placements a = Placements.of(positive, first, m);
        Placements b = first == second ? a : Placements.of(positive, second, m);
        double[][] covariance = {{a.covariance(a), a.covariance(b)}, {b.covariance(a), b.covariance(b)}};
        return new DeLong(new double[] {a.area, b.area}, covariance);
    }

    private static int count(boolean[] positive) {
        int count = 0;
        for (boolean p : positive) {
            count += p ? 1 : 0;
        }
        return count;
    }

    /** The first score's area under the curve. */
    public double areaFirst() {
        return areas[0];
    }

    /** The second score's area under the curve. */
    public double areaSecond() {
        return areas[1];
    }

    /** First area minus second. */
    public double difference() {
        return areas[0] - areas[1];
    }

    /** The 2 × 2 covariance matrix of the areas; NaN with a single row in a class. */
    public double[][] covariance() {
        return Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
    }

    /** The variance of the difference. */
    public double differenceVariance() {
        return Math.max(0, covariance[0][0] + covariance[1][1] - 2 * covariance[0][1]);
    }

    /** The standard error of the first area. */
    public double standardErrorFirst() {
        return Math.sqrt(covariance[0][0]);
    }

    /** The z-test of no difference; equal areas have statistic 0. */
    public TestResult test(Alternative alternative) {
        double z = difference() == 0 ? 0 : difference() / Math.sqrt(differenceVariance());
        return new TestResult("delong", z, alternative.pValue(z));
    }

    /** The interval of the difference. */
    public Interval interval(double level) {
        return Interval.normal(difference(), Math.sqrt(differenceVariance()), level);
    }

    /** For each row, the share of the other class that it beats; their means are the area. */
    private static final class Placements {
        final double area;
        private final double[] ofPositives;
        private final double[] ofNegatives;

        private Placements(double area, double[] ofPositives, double[] ofNegatives) {
            this.area = area;
            this.ofPositives = ofPositives;
            this.ofNegatives = ofNegatives;
        }

        static Placements of(boolean[] positive, double[] score, int m) {
            int n = positive.length - m;
            int[] order = Order.ascending(score);
            double[] byRow = new double[score.length];
            int positivesBelow = 0;
            int negativesBelow = 0;
            for (int start = 0; start < order.length; ) {
                int end = start;
                int positivesHere = 0;
                while (end < order.length && score[order[end]] == score[order[start]]) {
                    positivesHere += positive[order[end++]] ? 1 : 0;
                }
                int negativesHere = end - start - positivesHere;
                double positivesPlace = (negativesBelow + negativesHere / 2.0) / n;
                double negativesPlace = 1 - (positivesBelow + positivesHere / 2.0) / m;
                for (int i = start; i < end; i++) {
                    byRow[order[i]] = positive[order[i]] ? positivesPlace : negativesPlace;
                }
                positivesBelow += positivesHere;
                negativesBelow += negativesHere;
                start = end;
            }
            return split(positive, byRow, m);
        }

        private static Placements split(boolean[] positive, double[] byRow, int m) {
            double[] ofPositives = new double[m];
            double[] ofNegatives = new double[byRow.length - m];
            int p = 0;
            int q = 0;
            double sum = 0;
            for (int i = 0; i < byRow.length; i++) {
                if (positive[i]) {
                    ofPositives[p++] = byRow[i];
                    sum += byRow[i];
                } else {
                    ofNegatives[q++] = byRow[i];
                }
            }
            return new Placements(sum / m, ofPositives, ofNegatives);
        }

        double covariance(Placements other) {
            return covariance(ofPositives, other.ofPositives) / ofPositives.length
                    + covariance(ofNegatives, other.ofNegatives) / ofNegatives.length;
        }

        private static double covariance(double[] a, double[] b) {
            double meanA = Arrays.stream(a).sum() / a.length;
            double meanB = Arrays.stream(b).sum() / b.length;
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += (a[i] - meanA) * (b[i] - meanB);
            }
            return sum / (a.length - 1.0);
        }
    }
}
