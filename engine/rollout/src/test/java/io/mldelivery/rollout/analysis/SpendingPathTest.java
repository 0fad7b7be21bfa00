package io.mldelivery.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpendingPathTest {
    private static final long MAXIMUM = 1_200;

    @Test
    void shouldLoseNoProbability() {
        SpendingPath path = SpendingPath.START;
        var random = new Random(3);
        for (int look = 0; look < 300; look++) {
            path = path.update(draw(random, 2, 0.02), draw(random, 18, 0.02), 0.01, MAXIMUM);
        }

        double kept = path.density().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(kept + path.spent()).isCloseTo(1, within(1e-9));
        assertThat(path.spent()).isLessThanOrEqualTo(0.005);
    }

    /** Two looks by hand: 1 failure of 1 + 1 requests twice; both the new version's has probability 1/4. */
    @Test
    void shouldCrossOnlyWhatMayBeSpent() {
        VersionCounts bad = counts(1, 1);
        VersionCounts good = counts(1, 0);
        SpendingPath one = SpendingPath.START.update(bad, good, 0.4, 2);
        SpendingPath two = one.update(bad, good, 0.4, 2);

        assertThat(one.crossed()).isFalse();
        assertThat(one.spent()).isZero();
        assertThat(two.crossed()).isTrue();
        assertThat(two.spent()).isEqualTo(0.25);
    }

    /** 2,000 healthy rollouts with a look at every 20 requests; at most 5 % may cross. */
    @Test
    void shouldKeepTheErrorRate() {
        var random = new Random(17);
        int crossed = 0;
        for (int run = 0; run < 2_000; run++) {
            SpendingPath path = SpendingPath.START;
            for (int look = 0; look < 60 && !path.crossed(); look++) {
                path = path.update(draw(random, 20, 0.02), draw(random, 180, 0.02), 0.05, MAXIMUM);
            }
            crossed += path.crossed() ? 1 : 0;
        }
        assertThat(crossed).isBetween(40, 115);
    }

    @Test
    void shouldSpendNothingBeyondTheMaximum() {
        SpendingPath path = SpendingPath.START.update(counts(2_000, 10), counts(2_000, 10), 0.01, MAXIMUM);
        SpendingPath later = path.update(counts(100, 100), counts(100, 0), 0.01, MAXIMUM);

        assertThat(later.crossed()).isFalse();
        assertThat(later.spent()).isEqualTo(path.spent());
    }

    private static VersionCounts draw(Random random, int requests, double failing) {
        int failures = 0;
        for (int i = 0; i < requests; i++) {
            failures += random.nextDouble() < failing ? 1 : 0;
        }
        return counts(requests, failures);
    }

    private static VersionCounts counts(long requests, long failures) {
        return new VersionCounts(requests, failures, LatencyCounts.NONE);
    }
}
