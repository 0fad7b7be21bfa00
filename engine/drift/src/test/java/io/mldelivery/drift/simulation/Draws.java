package io.mldelivery.drift.simulation;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Novelty;
import io.mldelivery.drift.measure.Statistics;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.NumericPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Kinds of columns whose reference and current sample come from one distribution, up to a shift. */
enum Draws {
    NORMAL,
    /** Rounded to halves: about a dozen different values. */
    TIES,
    /** Log-normal with a long tail. */
    SKEWED,
    /** Two categories, one of them at 5 %. */
    BINARY,
    /** Sixty categories; the frequency of the k-th is proportional to 1/k². */
    RARE;

    private static final int LEVELS = 60;
    private static final double[] ZIPF = zipf();

    private static double[] zipf() {
        double[] cumulative = new double[LEVELS];
        double sum = 0;
        for (int k = 0; k < LEVELS; k++) {
            sum += 1.0 / ((k + 1) * (k + 1));
            cumulative[k] = sum;
        }
        double total = sum;
        return Arrays.stream(cumulative).map(value -> value / total).toArray();
    }

    /** Measures one column of two samples of this size; {@code shift} is in standard deviations of the normal. */
    ColumnMeasurement measure(RandomGenerator random, int rows, double shift) {
        Side side = new Side(0, 0, rows);
        if (this == BINARY || this == RARE) {
            CategoryPair pair = categories(random, rows);
            return new ColumnMeasurement(
                    name(),
                    ColumnKind.CATEGORICAL,
                    side,
                    side,
                    pair.size(),
                    Optional.of(Statistics.of(pair)),
                    Optional.empty(),
                    Optional.of(Novelty.of(pair)));
        }
        double[] before = numbers(random, rows, 0);
        double[] now = numbers(random, rows, shift);
        NumericPair pair = NumericPair.of(before, now);
        return new ColumnMeasurement(
                name(),
                ColumnKind.NUMERIC,
                side,
                side,
                pair.size(),
                Optional.of(Statistics.of(pair, false)),
                Optional.empty(),
                Optional.of(Novelty.of(before[0], before[rows - 1], rows, now)));
    }

    private double[] numbers(RandomGenerator random, int rows, double shift) {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            double z = random.nextGaussian() + shift;
            values[i] = switch (this) {
                case NORMAL, BINARY, RARE -> z;
                case TIES -> Math.rint(z * 2) / 2 + 0.0;
                case SKEWED -> Math.exp(1.5 * z);
            };
        }
        Arrays.sort(values);
        return values;
    }

    private CategoryPair categories(RandomGenerator random, int rows) {
        long[] left = new long[LEVELS];
        long[] right = new long[LEVELS];
        for (int i = 0; i < rows; i++) {
            left[level(random.nextDouble())]++;
            right[level(random.nextDouble())]++;
        }
        List<String> names = new ArrayList<>();
        List<Integer> occurring = new ArrayList<>();
        for (int k = 0; k < LEVELS; k++) {
            if (left[k] + right[k] > 0) {
                names.add("k" + k);
                occurring.add(k);
            }
        }
        return new CategoryPair(
                names,
                occurring.stream().mapToLong(k -> left[k]).toArray(),
                occurring.stream().mapToLong(k -> right[k]).toArray());
    }

    private int level(double u) {
        if (this == BINARY) {
            return u < 0.05 ? 1 : 0;
        }
        int found = Arrays.binarySearch(ZIPF, u);
        return Math.min(LEVELS - 1, found >= 0 ? found + 1 : -found - 1);
    }
}
