package io.mldelivery.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold whatever the data. */
class StatisticsPropertiesTest {

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static NumericPair random(int seed) {
        Random random = new Random(seed);
        return NumericPair.of(sample(random), sample(random));
    }

    /** Some samples are continuous, some have many ties, some are a single value. */
    private static double[] sample(Random random) {
        int size = 2 + random.nextInt(300);
        double scale = new double[] {1, 1e-9, 1e12}[random.nextInt(3)];
        double step = random.nextBoolean() ? 0.5 : 0;
        double[] sample = IntStream.range(0, size)
                .mapToDouble(i -> {
                    double value = random.nextGaussian();
                    return scale * (step > 0 ? Math.rint(value / step) * step + 0.0 : value);
                })
                .toArray();
        Arrays.sort(sample);
        return sample;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldStayInRangeAndBeSymmetricWhenSamplesAreSwapped(int seed) {
        NumericPair pair = random(seed);
        NumericPair swapped = NumericPair.of(pair.expanded(false), pair.expanded(true));
        CategoryPair bins = pair.binned(Bins.sturges(pair, false));
        TestResult ks = Kolmogorov.test(pair);
        assertThat(ks.statistic()).isBetween(0.0, 1.0).isEqualTo(Kolmogorov.statistic(swapped));
        assertThat(ks.pValue())
                .isBetween(0.0, 1.0)
                .isCloseTo(Kolmogorov.test(swapped).pValue(), within(1e-9));
        assertThat(Distances.wasserstein(pair))
                .isNotNegative()
                .isCloseTo(Distances.wasserstein(swapped), within(1e-9 * (1 + Distances.wasserstein(pair))));
        assertThat(Distances.totalVariation(bins)).isBetween(0.0, 1.0 + 1e-12);
        assertThat(Distances.jensenShannon(bins)).isBetween(0.0, Math.sqrt(Math.log(2)) + 1e-12);
        assertThat(Distances.populationStability(pair.binned(Bins.deciles(pair))))
                .isNotNegative();
        assertThat(bins.referenceSize()).isEqualTo(pair.referenceSize());
        assertThat(bins.currentSize()).isEqualTo(pair.currentSize());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBeZeroWhenSamplesAreEqual(int seed) {
        double[] sample = sample(new Random(seed));
        NumericPair pair = NumericPair.of(sample, sample.clone());
        assertThat(Kolmogorov.test(pair)).isEqualTo(new TestResult(0, 1));
        assertThat(Distances.wasserstein(pair)).isZero();
        assertThat(Distances.jensenShannon(pair.asCategories())).isZero();
        assertThat(Distances.populationStability(pair.binned(Bins.deciles(pair))))
                .isZero();
        assertThat(ChiSquare.test(pair.asCategories()).map(ChiSquare::pValue).orElse(1.0))
                .isEqualTo(1);
    }

    @Test
    void shouldCountValueOnInnerEdgeInUpperBin() {
        Bins bins = Bins.between(new double[] {0, 1, 2, 3});
        assertThat(IntStream.of(
                        bins.of(-5), bins.of(0), bins.of(0.999), bins.of(1), bins.of(2), bins.of(3), bins.of(9)))
                .containsExactly(0, 0, 0, 1, 2, 2, 2);
    }

    @Test
    void shouldHaveOneBinWhenReferenceIsConstant() {
        NumericPair pair = NumericPair.of(new double[] {4, 4, 4}, new double[] {1, 4, 9});
        assertThat(Bins.deciles(pair).count()).isEqualTo(1);
        assertThat(Distances.populationStability(pair.binned(Bins.deciles(pair))))
                .isZero();
        assertThat(Kolmogorov.statistic(pair)).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void shouldAgreeBetweenExactAndAsymptoticTestWhereTheyMeet() {
        double[] left = IntStream.range(0, 9_000).asDoubleStream().toArray();
        double[] right = IntStream.range(0, 9_500)
                .mapToDouble(i -> i * 9_000.0 / 9_500 + 180.1)
                .toArray();
        double[] more = IntStream.range(0, 10_001)
                .mapToDouble(i -> i * 9_000.0 / 10_001 + 180.1)
                .toArray();
        double exact = Kolmogorov.test(NumericPair.of(left, right)).pValue();
        double asymptotic = Kolmogorov.test(NumericPair.of(left, more)).pValue();
        assertThat(exact).isCloseTo(asymptotic, within(0.01));
    }

    @Test
    void shouldPoolRareCategoriesSoThatEachIsExpectedFiveTimes() {
        CategoryPair pair = new CategoryPair(
                java.util.List.of("a", "b", "c", "d"), new long[] {1, 2, 60, 90}, new long[] {0, 3, 50, 70});
        CategoryPair pooled = pair.withoutRareLevels();
        assertThat(pooled.referenceSize()).isEqualTo(153);
        assertThat(pooled.currentSize()).isEqualTo(123);
        assertThat(pooled.size()).isEqualTo(2);
    }
}
