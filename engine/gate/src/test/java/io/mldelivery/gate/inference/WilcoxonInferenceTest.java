package io.mldelivery.gate.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.stats.Interval;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WilcoxonInferenceTest {
    private static final double[] DIFFERENCES = {0.31, -0.12, 0.84, 0.57, -0.44, 1.27, 0.09, 0.73, 0.26, -0.05};

    private final WilcoxonInference inference = new WilcoxonInference(DIFFERENCES);

    /** Of 55 means of pairs the ninth from each end: 8 is the largest rank sum with P(W <= w) of at most 0.025. */
    @Test
    void shouldTakeTheExactIntervalFromTheMeansOfPairs() {
        double[] means = meansOfPairs();

        Interval interval = inference.interval(0.95);

        assertThat(interval.low()).isCloseTo(means[8], within(1e-9));
        assertThat(interval.high()).isCloseTo(means[46], within(1e-9));
        assertThat(inference.estimate()).isCloseTo(means[27], within(1e-9));
    }

    /** Seven of ten positive, rank sum 45: 43 of 1,024 choices of signs give as much. */
    @Test
    void shouldCountTheSignsThatGiveAsMuch() {
        assertThat(inference.pValueAbove(0)).isCloseTo(countedAbove(45) / 1024.0, within(1e-15));
    }

    private static long countedAbove(int rankSum) {
        return IntStream.range(0, 1024)
                .filter(signs -> IntStream.range(0, 10)
                                .filter(bit -> (signs >> bit & 1) == 1)
                                .map(bit -> bit + 1)
                                .sum()
                        >= rankSum)
                .count();
    }

    private static double[] meansOfPairs() {
        return IntStream.range(0, 10)
                .boxed()
                .flatMapToDouble(
                        i -> IntStream.rangeClosed(0, i).mapToDouble(j -> (DIFFERENCES[i] + DIFFERENCES[j]) / 2))
                .sorted()
                .toArray();
    }
}
