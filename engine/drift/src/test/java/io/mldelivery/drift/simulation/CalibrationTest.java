package io.mldelivery.drift.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.drift.statistics.Kolmogorov;
import io.mldelivery.drift.statistics.NumericPair;
import io.mldelivery.stats.Proportion;
import io.mldelivery.stats.Tails;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    /** At a true rate of 1 % more alarms happen less than once in 1,000 times. */
    @ParameterizedTest
    @CsvSource({"100,5,400,12", "300,50,100,5", "1000,20,200,8"})
    void shouldKeepFalseAlarmsAtOnePercentWhenNothingChanged(int rows, int columns, int checks, int most) {
        Map<String, Proportion> rates = Calibration.falseAlarms(rows, columns, checks);
        assertThat(rates.get("calibrated").successes()).isLessThanOrEqualTo(most);
        assertThat(rates.get("test alone").successes()).isLessThanOrEqualTo(most);
        assertThat(rates.get("evidently").share()).isGreaterThan(0.2);
    }

    @Test
    void shouldKeepFalseAlarmsAtOnePercentWhenAMillionRowsDidNotChange() {
        Map<String, Proportion> rates = Calibration.falseAlarms(1_000_000, 100_000, 5, 100);
        assertThat(rates.get("calibrated").successes()).isLessThanOrEqualTo(5);
        assertThat(rates.get("test alone").successes()).isLessThanOrEqualTo(5);
    }

    /** The short cut against the long way: means of so many draws differ by less than five standard errors. */
    @Test
    void shouldDrawDistancesAsThoseOfDrawnValues() {
        var random = new SplittableRandom(5);
        double sum = 0;
        double difference = 0;
        double squares = 0;
        int draws = 4000;
        for (int i = 0; i < draws; i++) {
            double direct = Kolmogorov.statistic(NumericPair.of(normals(random, 60), normals(random, 40)));
            double fast = RandomOrder.draw(random, 60, 40).distance();
            sum += fast;
            difference += fast - direct;
            squares += (fast - direct) * (fast - direct);
        }
        assertThat(Math.abs(difference) / Math.sqrt(squares)).isLessThan(5);
        assertThat(sum / draws).isBetween(0.15, 0.2);
    }

    private static double[] normals(SplittableRandom random, int size) {
        return random.doubles(size).map(Tails::normalQuantile).sorted().toArray();
    }

    @ParameterizedTest
    @CsvSource({"40,0.1", "200,0.3", "1000000,0.05", "100000,0.9"})
    void shouldDrawCountsOfTheBinomialDistribution(int n, double p) {
        var random = new SplittableRandom(7);
        var exact = BinomialDistribution.of(n, p);
        int[] bins = new int[20];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            int drawn = Binomial.draw(random, n, p);
            double middle = exact.cumulativeProbability(drawn) - exact.probability(drawn) * random.nextDouble();
            bins[Math.min(19, (int) (middle * 20))]++;
        }
        double chiSquare = 0;
        for (int bin : bins) {
            chiSquare += Math.pow(bin - draws / 20.0, 2) / (draws / 20.0);
        }
        assertThat(Tails.chiSquareSurvival(chiSquare, 19)).isGreaterThan(0.001);
    }
}
