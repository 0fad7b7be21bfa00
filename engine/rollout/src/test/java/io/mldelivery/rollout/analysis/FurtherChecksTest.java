package io.mldelivery.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Means, predictions, labels, and a known maximum. */
class FurtherChecksTest {
    private static final List<Double> BOUNDS = List.of(0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0);

    @Test
    void shouldFailWhenTheMeanIsAboveItsMaximum() {
        Verdict slow = judge("latency: {meanMax: 30ms}", latency(400, 4), latency(400, 1));
        Verdict fast = judge("latency: {meanMax: 30ms}", latency(400, 0), latency(400, 0));

        assertThat(slow.outcome()).as(slow.reason()).isEqualTo(Outcome.FAIL);
        assertThat(slow.reason())
                .contains("latency mean s of the new version is")
                .contains("above the maximum 0.03");
        assertThat(fast.outcome()).as(fast.reason()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldFailWhenTheMeanIsFarAboveTheOldOne() {
        var analysis = analysis("latency: {meanRatio: 1.5}");
        AnalysisState state = AnalysisState.fresh();
        for (int look = 0; look < 20; look++) {
            state = analysis.observe(state, latency(50, 4), latency(450, 1));
        }

        assertThat(analysis.verdict(state).outcome())
                .as(analysis.verdict(state).reason())
                .isEqualTo(Outcome.FAIL);
    }

    /** 500 rollouts with equal times, 100 looks each, at 5 %. */
    @Test
    void shouldKeepTheErrorRateOfMeans() {
        var analysis = analysis("falseAlarms: 0.05, latency: {meanRatio: 1, meanMax: 70ms}");
        var random = new Random(23);
        int alarms = 0;
        for (int run = 0; run < 500; run++) {
            AnalysisState state = AnalysisState.fresh();
            for (int look = 0; look < 100; look++) {
                state = analysis.observe(state, drawn(random, 5), drawn(random, 45));
            }
            alarms += analysis.verdict(state).outcome() == Outcome.FAIL ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(30);
    }

    @Test
    void shouldReportAShiftOfPredictionsWithoutDeciding() {
        Verdict finding = judge("successRate: {min: 0.5}, predictions: {}", classes(300, 200), classes(900, 100));
        Verdict gate =
                judge("successRate: {min: 0.5}, predictions: {gate: true}", classes(300, 200), classes(900, 100));
        Verdict alike =
                judge("successRate: {min: 0.5}, predictions: {gate: true}", classes(300, 30), classes(900, 100));

        assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
        assertThat(finding.measurements()).anySatisfy(one -> {
            assertThat(one.decides()).isFalse();
            assertThat(one.reason()).contains("predictions of the new version differ from the old version's");
        });
        assertThat(gate.outcome()).as(gate.reason()).isEqualTo(Outcome.FAIL);
        assertThat(alike.outcome()).as(alike.reason()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldJudgeTheModelByItsLabels() {
        String plan = "successRate: {min: 0.5}, feedback: {min: 0.8}";

        assertThat(judge(plan, labelled(200, 100), labelled(200, 20)).reason())
                .contains("accuracy of the new version is 0.5, below the minimum 0.8");
        assertThat(judge(plan, labelled(200, 20), labelled(200, 20)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(plan, labelled(0, 0), labelled(0, 0)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(
                                "successRate: {min: 0.5}, feedback: {min: 0.8, minimumLabels: 50}",
                                labelled(10, 0),
                                labelled(10, 0))
                        .reason())
                .isEqualTo(
                        "accuracy: 10 labels of the new version, 40 more are needed; accuracy: 10 labels of the new version, 40 more are needed");
    }

    /** A version that fails 5 instead of 1 of 100 requests, seen with and without a maximum. */
    @Test
    void shouldFindWorseVersionsEarlierWithAKnownMaximum() {
        long without = looksToFind("successRate: {compare: true}");
        long with = looksToFind("maximumRequests: 1200, successRate: {compare: true}");

        assertThat(with).isLessThan(without);
    }

    private static long looksToFind(String plan) {
        var analysis = analysis(plan);
        var random = new Random(99);
        long looks = 0;
        for (int run = 0; run < 40; run++) {
            AnalysisState state = AnalysisState.fresh();
            for (int look = 0; look < 600 && analysis.verdict(state).outcome() != Outcome.FAIL; look++) {
                state = analysis.observe(state, failing(random, 2, 0.05), failing(random, 18, 0.01));
                looks++;
            }
        }
        return looks;
    }

    private static VersionCounts failing(Random random, int requests, double share) {
        long failures = random.doubles(requests).filter(dice -> dice < share).count();
        return new VersionCounts(requests, failures, LatencyCounts.NONE);
    }

    private static Verdict judge(String plan, VersionCounts candidate, VersionCounts stable) {
        var analysis = analysis(plan);
        AnalysisState first = analysis.observe(AnalysisState.fresh(), VersionCounts.NONE, VersionCounts.NONE);
        return analysis.verdict(analysis.observe(first, candidate, stable));
    }

    private static RolloutAnalysis analysis(String analysis) {
        String yaml = "steps: [{weight: 100}]\nanalysis: {minimumRequests: 20, " + analysis + "}\n";
        return new RolloutAnalysis(RolloutPlan.parse("plan", yaml).analysis(), true);
    }

    /** All in one bucket. */
    private static VersionCounts latency(long requests, int bucket) {
        List<Long> cumulative = java.util.stream.IntStream.range(0, BOUNDS.size())
                .mapToObj(i -> i >= bucket ? requests : 0L)
                .toList();
        double low = bucket == 0 ? 0 : BOUNDS.get(bucket - 1);
        return new VersionCounts(
                requests,
                0,
                new LatencyCounts(BOUNDS, cumulative, requests, requests * (low + BOUNDS.get(bucket)) / 2));
    }

    private static VersionCounts drawn(Random random, int requests) {
        long[] counts = new long[BOUNDS.size()];
        double sum = 0;
        for (int i = 0; i < requests; i++) {
            double time = Math.min(1, -Math.log(1 - random.nextDouble()) * 0.06);
            sum += time;
            for (int bound = 0; bound < counts.length; bound++) {
                counts[bound] += time <= BOUNDS.get(bound) ? 1 : 0;
            }
        }
        return new VersionCounts(
                requests,
                0,
                new LatencyCounts(
                        BOUNDS, java.util.Arrays.stream(counts).boxed().toList(), requests, sum));
    }

    private static VersionCounts classes(long zero, long one) {
        return new VersionCounts(zero + one, 0, LatencyCounts.NONE, Map.of("0", zero, "1", one), 0, 0);
    }

    private static VersionCounts labelled(long labels, long wrong) {
        return new VersionCounts(300, 0, LatencyCounts.NONE, Map.of(), labels, wrong);
    }
}
