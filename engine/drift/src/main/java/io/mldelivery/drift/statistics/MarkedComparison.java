package io.mldelivery.drift.statistics;

/**
 * Compares a remembered sample ({@link Marks}) with a sample whose values are all at hand.
 *
 * <p>Exact are the counts at the marks, hence {@link #populationStability}. The Kolmogorov-Smirnov statistic is looked
 * for at the marks only: the true one is at most {@link #error} larger, so its p-value errs on the side of no alarm.
 */
public final class MarkedComparison {
    private final Marks reference;
    private final Marks current;
    private final double[] values;

    /** {@code current} ascends; both samples have values. */
    public MarkedComparison(Marks reference, double[] current) {
        this.reference = reference;
        this.current = reference.countedIn(current);
        this.values = current;
    }

    /** The largest distance of the distribution functions at the marks. */
    public double statistic() {
        double largest = 0;
        for (int i = 0; i < reference.values().length; i++) {
            largest = Math.max(largest, Math.abs(reference.shareBelow(i) - current.shareBelow(i)));
            largest = Math.max(largest, Math.abs(reference.shareUpTo(i) - current.shareUpTo(i)));
        }
        return largest;
    }

    /** How much larger the statistic over all values can be: the largest share between two marks. */
    public double error() {
        double largest = 0;
        for (int i = 0; i + 1 < reference.values().length; i++) {
            double share = reference.shareBelow(i + 1) - reference.shareUpTo(i);
            double other = current.shareBelow(i + 1) - current.shareUpTo(i);
            largest = Math.max(largest, Math.min(share, other));
        }
        return largest;
    }

    /** Kolmogorov-Smirnov at the marks. */
    public TestResult test() {
        double statistic = statistic();
        return new TestResult(
                statistic,
                io.mldelivery.stats.KolmogorovSmirnov.asymptoticPValue(statistic, reference.size(), current.size()));
    }

    /** The population stability index on the reference's deciles; exact. */
    public double populationStability() {
        return Distances.populationStability(reference.decileBins(current));
    }

    /** The shares between the reference's deciles, for distances that need bins. */
    public CategoryPair bins() {
        return reference.decileBins(current);
    }

    /** The area between the distribution functions, taken as straight between marks; exact outside of them. */
    public double wasserstein() {
        double[] marks = reference.values();
        double area = 0;
        for (double value : values) {
            area += Math.max(0, marks[0] - value) + Math.max(0, value - marks[marks.length - 1]);
        }
        area /= values.length;
        for (int i = 0; i + 1 < marks.length; i++) {
            double left = reference.shareUpTo(i) - current.shareUpTo(i);
            double right = reference.shareBelow(i + 1) - current.shareBelow(i + 1);
            area += (marks[i + 1] - marks[i]) * meanSize(left, right);
        }
        return area;
    }

    /** The mean of |x| while x goes straight from one value to the other. */
    private static double meanSize(double left, double right) {
        if (left * right >= 0) {
            return (Math.abs(left) + Math.abs(right)) / 2;
        }
        return (left * left + right * right) / (2 * (Math.abs(left) + Math.abs(right)));
    }
}
