package io.mldelivery.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.plan.AnalysisPlan;
import io.mldelivery.rollout.plan.LatencyLimit;
import io.mldelivery.rollout.plan.SuccessRateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RolloutAnalysisTest {
    private static final List<Double> BOUNDS = List.of(0.01, 0.1, 0.25, 1.0);

    @Test
    void shouldNotPassWithoutTraffic() {
        var analysis = new RolloutAnalysis(plan(0.9, true, false), true);

        Verdict verdict = analysis.verdict(analysis.observe(AnalysisState.fresh(), counts(0, 0), counts(500, 2)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("0 requests of the new version, 20 more are needed");
    }

    @Test
    void shouldPassWhenLimitsAreMet() {
        Verdict verdict = judge(plan(0.9, true, true), counts(200, 2), counts(1800, 17));

        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.PASS);
        assertThat(verdict.measurements()).hasSize(4);
    }

    @Test
    void shouldFailWithNumbersWhenMinimumIsBroken() {
        Verdict verdict = judge(plan(0.95, false, false), counts(40, 20), counts(360, 4));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason())
                .startsWith("success rate of the new version is 0.5, below the minimum 0.95, after 40 requests (p = ");
    }

    @Test
    void shouldFailWhenWorseThanOldThoughAboveMinimum() {
        Verdict verdict = judge(plan(0.5, true, false), counts(1000, 100), counts(9000, 90));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason()).contains("below the old version's 0.99");
    }

    @Test
    void shouldAskForMoreWhenBadNumbersMayBeChance() {
        Verdict verdict = judge(plan(0.95, false, false), counts(20, 2), counts(180, 1));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("which may be chance after 20 requests; about ")
                .contains("more are needed");
    }

    @Test
    void shouldFailWhenSlowerThanMaximum() {
        var slow = new VersionCounts(30, 0, new LatencyCounts(BOUNDS, List.of(0L, 0L, 10L, 30L), 30, 12));

        Verdict verdict = judge(plan(0.9, false, true), slow, counts(300, 0));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason())
                .contains("latency p90 s of the new version is 0.8")
                .contains("above the maximum 0.25");
    }

    @Test
    void shouldFailOnceAndForAll() {
        var analysis = new RolloutAnalysis(plan(0.95, false, false), true);
        AnalysisState state = analysis.observe(AnalysisState.fresh(), counts(30, 20), counts(300, 0));
        for (int i = 0; i < 100; i++) {
            state = analysis.observe(state, counts(30, 0), counts(300, 0));
        }

        assertThat(analysis.verdict(state).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldBeAnErrorWhenOnlyComparisonsAreAskedWithoutOldVersion() {
        var analysis = new RolloutAnalysis(
                new AnalysisPlan(
                        Duration.ofSeconds(1),
                        0.01,
                        20,
                        Duration.ofSeconds(30),
                        Optional.of(new SuccessRateLimit(OptionalDouble.empty(), true)),
                        Optional.empty()),
                false);

        assertThat(analysis.checksAnything()).isFalse();
        assertThat(analysis.verdict(AnalysisState.fresh()).outcome()).isEqualTo(Outcome.ERROR);
    }

    /** 2,000 healthy rollouts, 600 looks each: the budget of 5 % (more is seen in less time) is kept. */
    @Test
    void shouldKeepTheFalseAlarmBudget() {
        var analysis = new RolloutAnalysis(
                new AnalysisPlan(
                        Duration.ofSeconds(1),
                        0.05,
                        20,
                        Duration.ofSeconds(30),
                        Optional.of(new SuccessRateLimit(OptionalDouble.of(0.97), true)),
                        Optional.empty()),
                true);
        var random = new Random(11);
        int alarms = 0;
        for (int run = 0; run < 2_000; run++) {
            alarms += alarmed(analysis, random) ? 1 : 0;
        }

        assertThat(alarms).isBetween(1, 100);
    }

    private static boolean alarmed(RolloutAnalysis analysis, Random random) {
        AnalysisState state = AnalysisState.fresh();
        for (int look = 0; look < 200; look++) {
            state = analysis.observe(state, draw(random, 6), draw(random, 54));
        }
        return analysis.verdict(state).outcome() == Outcome.FAIL;
    }

    private static VersionCounts draw(Random random, int requests) {
        int failures = 0;
        for (int i = 0; i < requests; i++) {
            failures += random.nextDouble() < 0.03 ? 1 : 0;
        }
        return new VersionCounts(requests, failures, LatencyCounts.NONE);
    }

    private static Verdict judge(AnalysisPlan plan, VersionCounts candidate, VersionCounts stable) {
        var analysis = new RolloutAnalysis(plan, true);
        return analysis.verdict(analysis.observe(AnalysisState.fresh(), candidate, stable));
    }

    private static AnalysisPlan plan(double min, boolean compare, boolean latency) {
        return new AnalysisPlan(
                Duration.ofSeconds(1),
                0.01,
                20,
                Duration.ofSeconds(30),
                Optional.of(new SuccessRateLimit(OptionalDouble.of(min), compare)),
                latency
                        ? Optional.of(new LatencyLimit(0.9, Optional.of(Duration.ofMillis(250)), OptionalDouble.of(2)))
                        : Optional.empty());
    }

    /** All answered within 10 ms. */
    private static VersionCounts counts(long requests, long failures) {
        return new VersionCounts(
                requests,
                failures,
                new LatencyCounts(BOUNDS, List.of(requests, requests, requests, requests), requests, requests * 0.005));
    }
}
