package io.mldelivery.drift.simulation;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Novelty;
import io.mldelivery.drift.measure.SignificanceTest;
import io.mldelivery.drift.measure.Statistics;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.NumericPair;
import io.mldelivery.stats.Tails;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Kinds of columns whose reference and current sample come from one distribution, up to a shift. */
enum Draws {
    NORMAL,
    /** A normal one rounded to halves: about a dozen different values. */
    TIES,
    /** Log-normal with a long tail. */
    SKEWED,
    /** Two categories, one of them at 5 %. */
    BINARY,
    /** Sixty categories; the frequency of the k-th is proportional to 1/k². */
    RARE;

    private static final double[] HALVES =
            IntStream.rangeClosed(-16, 16).mapToDouble(k -> k / 2.0).toArray();
    private static final double[] SHARES_OF_HALVES = Arrays.stream(HALVES)
            .map(value -> Tails.normalCdf(value + 0.25) - Tails.normalCdf(value - 0.25))
            .toArray();
    private static final double[] TWENTIETH = {0.95, 0.05};
    private static final double[] ZIPF = zipf(60);

    private static double[] zipf(int levels) {
        double[] shares =
                IntStream.rangeClosed(1, levels).mapToDouble(k -> 1.0 / k / k).toArray();
        double total = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / total).toArray();
    }

    private boolean isContinuous() {
        return this == NORMAL || this == SKEWED;
    }

    /** Measures everything of one column of two samples of this size; {@code shift} (of NORMAL) is in standard deviations. */
    ColumnMeasurement measure(RandomGenerator random, int rows, double shift) {
        return isContinuous() ? continuous(random, rows, shift) : counted(random, rows, rows);
    }

    /**
     * Measures what the policy {@code calibrated} looks at. Continuous columns have nothing else then.
     *
     * @param compared of numbers so many rows are compared, as the product draws them: a sample of about that size; all
     *     when it equals {@code rows}
     */
    ColumnMeasurement test(RandomGenerator random, int rows, int compared) {
        if (!isContinuous()) {
            return counted(random, rows, compared);
        }
        var order = RandomOrder.draw(random, sample(random, rows, compared), sample(random, rows, compared));
        Statistics statistics = new Statistics(
                Optional.of(order.test()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(new SignificanceTest("ks", order.test().pValue())),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        int distinct = order.reference() + order.current();
        return column(ColumnKind.NUMERIC, rows, distinct, statistics, order.novelty());
    }

    private static int sample(RandomGenerator random, int rows, int compared) {
        return compared == rows ? rows : Binomial.draw(random, rows, (double) compared / rows);
    }

    private ColumnMeasurement column(ColumnKind kind, int rows, int distinct, Statistics statistics, Novelty novelty) {
        Side side = new Side(0, 0, rows);
        return new ColumnMeasurement(
                name(), kind, side, side, distinct, Optional.of(statistics), Optional.empty(), Optional.of(novelty));
    }

    private ColumnMeasurement continuous(RandomGenerator random, int rows, double shift) {
        double[] before = numbers(random, rows, 0);
        double[] now = numbers(random, rows, shift);
        NumericPair pair = NumericPair.of(before, now);
        Novelty novelty = Novelty.of(before[0], before[rows - 1], rows, now);
        return column(ColumnKind.NUMERIC, rows, pair.size(), Statistics.of(pair, false), novelty);
    }

    private double[] numbers(RandomGenerator random, int rows, double shift) {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            double z = random.nextGaussian() + shift;
            values[i] = this == SKEWED ? Math.exp(1.5 * z) : z;
        }
        Arrays.sort(values);
        return values;
    }

    private ColumnMeasurement counted(RandomGenerator random, int rows, int compared) {
        if (this == TIES) {
            return rounded(random, rows, compared);
        }
        double[] shares = this == BINARY ? TWENTIETH : ZIPF;
        long[] left = Binomial.multinomial(random, rows, shares);
        long[] right = Binomial.multinomial(random, rows, shares);
        int[] occurring = occurring(left, right);
        List<String> names =
                IntStream.of(occurring).mapToObj(level -> "k" + level).toList();
        CategoryPair pair = new CategoryPair(names, chosen(left, occurring), chosen(right, occurring));
        return column(ColumnKind.CATEGORICAL, rows, pair.size(), Statistics.of(pair), Novelty.of(pair));
    }

    private ColumnMeasurement rounded(RandomGenerator random, int rows, int compared) {
        long[] left = Binomial.multinomial(random, sample(random, rows, compared), SHARES_OF_HALVES);
        long[] right = Binomial.multinomial(random, sample(random, rows, compared), SHARES_OF_HALVES);
        int[] occurring = occurring(left, right);
        double[] values = IntStream.of(occurring).mapToDouble(i -> HALVES[i]).toArray();
        NumericPair pair = new NumericPair(values, chosen(left, occurring), chosen(right, occurring));
        double[] before = repeated(left);
        Novelty novelty = Novelty.of(before[0], before[before.length - 1], before.length, repeated(right));
        return column(ColumnKind.NUMERIC, rows, pair.size(), Statistics.of(pair, false), novelty);
    }

    private static int[] occurring(long[] left, long[] right) {
        return IntStream.range(0, left.length)
                .filter(i -> left[i] + right[i] > 0)
                .toArray();
    }

    private static long[] chosen(long[] counts, int[] indices) {
        return IntStream.of(indices).mapToLong(i -> counts[i]).toArray();
    }

    private static double[] repeated(long[] counts) {
        double[] values = new double[(int) Arrays.stream(counts).sum()];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            Arrays.fill(values, next, next + (int) counts[i], HALVES[i]);
            next += (int) counts[i];
        }
        return values;
    }
}
