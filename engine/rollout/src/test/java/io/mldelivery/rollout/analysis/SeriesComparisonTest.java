package io.mldelivery.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.SeriesComparison.Result;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The three series are those in which users of Kayenta (spinnaker #6278, kayenta #426 and #780) found its verdict wrong. */
class SeriesComparisonTest {
    private static final double ALPHA = 0.01;

    @Test
    void shouldFailWhenSevenOfTenValuesAreAHundredTimesHigher() {
        double[] fresh = {100, 100, 100, 100, 100, 100, 100, 1, 1, 1};
        double[] old = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        Result result = SeriesComparison.compare(fresh, old, true);

        assertThat(result.worse()).isCloseTo(286 / 184_756.0, within(1e-12));
        assertThat(result.outcome(ALPHA)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldAskForMoreWhenSparseValuesRise() {
        double[] fresh = {0, 1, 2, 1, 0, 0};
        double[] old = {0, 0, 0, 0, 0, 0};

        Result result = SeriesComparison.compare(fresh, old, true);

        assertThat(result.worse()).isCloseTo(84 / 924.0, within(1e-12));
        assertThat(result.outcome(ALPHA)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void shouldAskForMoreWhenTheShapeHasChanged() {
        double[] fresh = {10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 17.0, 17.1, 17.2, 17.3, 17.4, 17.5, 17.6, 17.7};
        double[] old = {1, 100, 4, 101, 5, 102, 6, 103, 7, 104, 8, 105, 9, 106, 17};

        Result result = SeriesComparison.compare(fresh, old, true);

        assertThat(result.distance()).isCloseTo(7 / 15.0, within(1e-12));
        assertThat(result.shape()).isBetween(0.05, 0.09);
        assertThat(result.shapeChanged()).isTrue();
        assertThat(result.outcome(ALPHA)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void shouldTurnRoundWhenLowerIsWorse() {
        double[] fresh = {1, 2, 1, 2, 1, 2, 1};
        double[] old = {8, 9, 8, 9, 8, 9, 8};

        assertThat(SeriesComparison.compare(fresh, old, true).worse()).isEqualTo(1);
        assertThat(SeriesComparison.compare(fresh, old, false).outcome(ALPHA)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldSayNothingWithoutValues() {
        assertThat(SeriesComparison.compare(new double[0], new double[] {1}, true))
                .isEqualTo(Result.NONE);
    }

    /** 1,000 comparisons of equal series at 5 %. */
    @Test
    void shouldKeepItsErrorRate() {
        var random = new Random(5);
        int failed = 0;
        for (int i = 0; i < 1_000; i++) {
            double[] fresh = random.doubles(6).toArray();
            double[] old = random.doubles(6).toArray();
            failed += SeriesComparison.compare(fresh, old, true).outcome(0.05) == Outcome.FAIL ? 1 : 0;
        }
        assertThat(failed).isBetween(20, 70);
    }
}
