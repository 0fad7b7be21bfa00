package io.mldelivery.drift.measure;

import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.statistics.Bins;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.ChiSquare;
import io.mldelivery.drift.statistics.Distances;
import io.mldelivery.drift.statistics.Kolmogorov;
import io.mldelivery.drift.statistics.MarkedComparison;
import io.mldelivery.drift.statistics.Marks;
import io.mldelivery.drift.statistics.NumericPair;
import io.mldelivery.drift.statistics.TestResult;
import io.mldelivery.stats.Tails;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All statistics of one column. Those that make no sense for its kind are absent.
 *
 * @param test the test of "no difference" whose p-value decides about significance
 * @param ksError how much larger the true Kolmogorov-Smirnov statistic can be; absent when it is exact
 * @param asked the value of the method that was asked for, when it is none of the above
 */
public record Statistics(
        Optional<TestResult> ks,
        OptionalDouble wasserstein,
        OptionalDouble wassersteinNormed,
        OptionalDouble psi,
        OptionalDouble jensenShannon,
        OptionalDouble totalVariation,
        Optional<ChiSquare> chiSquare,
        Optional<TestResult> chiSquareFit,
        OptionalDouble zPValue,
        Optional<SignificanceTest> test,
        OptionalDouble ksError,
        OptionalDouble asked) {

    /** Up to so many different values in the reference, a numeric column is also compared value by value. */
    static final int FEW_VALUES = 20;

    /** The statistics of a numeric column; both samples have values. */
    public static Statistics of(NumericPair pair, boolean integers) {
        return of(pair, integers, Method.NONE);
    }

    /** As {@link #of(NumericPair, boolean)}, with the value of one more method. */
    public static Statistics of(NumericPair pair, boolean integers, Method method) {
        boolean few = pair.referenceDistinct() <= FEW_VALUES;
        CategoryPair shape = few ? pair.asCategories() : pair.binned(Bins.sturges(pair, integers));
        TestResult ks = Kolmogorov.test(pair);
        double wasserstein = Distances.wasserstein(pair);
        return new Statistics(
                Optional.of(ks),
                OptionalDouble.of(wasserstein),
                normed(wasserstein, pair.referenceMoments().deviation()),
                OptionalDouble.of(Distances.populationStability(pair.binned(Bins.deciles(pair)))),
                OptionalDouble.of(Distances.jensenShannon(shape)),
                OptionalDouble.of(Distances.totalVariation(shape)),
                few ? ChiSquare.test(shape) : Optional.empty(),
                few ? ChiSquare.goodnessOfFit(shape) : Optional.empty(),
                few ? twoProportions(shape) : OptionalDouble.empty(),
                Optional.of(few ? eitherTest(ks, shape) : new SignificanceTest("ks", ks.pValue())),
                OptionalDouble.empty(),
                AskedMethod.value(method, pair, shape));
    }

    /** The statistics of a numeric column against a remembered reference of more than a few values. */
    public static Statistics of(Marks marks, double deviation, double[] current, Method method) {
        var comparison = new MarkedComparison(marks, current);
        TestResult ks = comparison.test();
        CategoryPair bins = comparison.bins();
        return new Statistics(
                Optional.of(ks),
                OptionalDouble.of(comparison.wasserstein()),
                normed(comparison.wasserstein(), deviation),
                OptionalDouble.of(comparison.populationStability()),
                OptionalDouble.of(Distances.jensenShannon(bins)),
                OptionalDouble.of(Distances.totalVariation(bins)),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(new SignificanceTest("ks", ks.pValue())),
                OptionalDouble.of(comparison.error()),
                AskedMethod.value(method, bins));
    }

    /**
     * For few different values both tests are made and the smaller p-value counts, doubled (Bonferroni): one sees
     * shifts, the other a value that comes or goes.
     */
    private static SignificanceTest eitherTest(TestResult ks, CategoryPair shape) {
        double chiSquare =
                ChiSquare.test(shape.withoutRareLevels()).map(ChiSquare::pValue).orElse(1.0);
        return new SignificanceTest("ks or chi-square", Math.min(1, 2 * Math.min(ks.pValue(), chiSquare)));
    }

    /** A constant reference has no unit to measure in, unless nothing moved at all. */
    private static OptionalDouble normed(double distance, double deviation) {
        if (deviation > 0) {
            return OptionalDouble.of(distance / deviation);
        }
        return distance == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
    }

    /** The statistics of a categorical column; both samples have values. */
    public static Statistics of(CategoryPair pair) {
        return of(pair, Method.NONE);
    }

    /** As {@link #of(CategoryPair)}, with the value of one more method. */
    public static Statistics of(CategoryPair pair, Method method) {
        Optional<ChiSquare> chiSquare = ChiSquare.test(pair);
        double pValue =
                ChiSquare.test(pair.withoutRareLevels()).map(ChiSquare::pValue).orElse(1.0);
        return new Statistics(
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(Distances.populationStability(pair)),
                OptionalDouble.of(Distances.jensenShannon(pair)),
                OptionalDouble.of(Distances.totalVariation(pair)),
                chiSquare,
                ChiSquare.goodnessOfFit(pair),
                twoProportions(pair),
                Optional.of(new SignificanceTest("chi-square", pValue)),
                OptionalDouble.empty(),
                AskedMethod.value(method, pair));
    }

    /** The statistics of a column of 0 and 1, counted over all rows, with those of its values taken as numbers. */
    public static Statistics ofTruth(CategoryPair counts, NumericPair pair, Method method) {
        Statistics numbers = of(pair, false);
        Statistics categories = of(counts, method);
        return new Statistics(
                numbers.ks(),
                numbers.wasserstein(),
                numbers.wassersteinNormed(),
                categories.psi(),
                categories.jensenShannon(),
                categories.totalVariation(),
                categories.chiSquare(),
                categories.chiSquareFit(),
                categories.zPValue(),
                categories.test(),
                OptionalDouble.empty(),
                categories.asked());
    }

    /** Pooled two-proportion z-test; a single common category means no difference. */
    private static OptionalDouble twoProportions(CategoryPair pair) {
        if (pair.size() > 2) {
            return OptionalDouble.empty();
        }
        if (pair.size() < 2) {
            return OptionalDouble.of(1);
        }
        double n = pair.referenceSize();
        double m = pair.currentSize();
        double difference = pair.reference(1) / n - pair.current(1) / m;
        double pooled = (pair.reference(1) + pair.current(1)) / (n + m);
        double z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        return OptionalDouble.of(2 * Tails.normalSurvival(Math.abs(z)));
    }

    /** The measure that a method looks at; empty when it cannot be computed for this column. */
    public OptionalDouble value(Method method) {
        return switch (method) {
            case KS -> ks.map(result -> OptionalDouble.of(result.statistic())).orElseGet(OptionalDouble::empty);
            case KS_P_VALUE ->
                ks.map(result -> OptionalDouble.of(result.pValue())).orElseGet(OptionalDouble::empty);
            case WASSERSTEIN -> wasserstein;
            case WASSERSTEIN_NORMED -> wassersteinNormed;
            case PSI -> psi;
            case JENSEN_SHANNON -> jensenShannon;
            case TOTAL_VARIATION -> totalVariation;
            case CHI_SQUARE_P_VALUE ->
                chiSquare.map(result -> OptionalDouble.of(result.pValue())).orElseGet(OptionalDouble::empty);
            case CHI_SQUARE_FIT_P_VALUE ->
                chiSquareFit.map(result -> OptionalDouble.of(result.pValue())).orElseGet(OptionalDouble::empty);
            case Z_P_VALUE -> zPValue;
            case HELLINGER,
                    KULLBACK_LEIBLER,
                    L_INFINITY,
                    ENERGY,
                    ANDERSON_DARLING,
                    CRAMER_VON_MISES_P_VALUE,
                    MANN_WHITNEY_P_VALUE,
                    G_P_VALUE,
                    FISHER_P_VALUE -> asked;
            case NONE -> OptionalDouble.empty();
        };
    }
}
