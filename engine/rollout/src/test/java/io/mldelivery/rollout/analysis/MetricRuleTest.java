package io.mldelivery.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.plan.Condition;
import io.mldelivery.rollout.plan.MetricPlan;
import io.mldelivery.rollout.plan.MetricPlan.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MetricRuleTest {
    @Test
    void shouldForgiveAsManyBadValuesAsThePlanSays() {
        MetricPlan plan = plan("result < 0.9", 1, 2, false);

        assertThat(judge(plan, 0.95, 0.1)).isEqualTo(Outcome.PASS);
        assertThat(judge(plan, 0.95, 0.95)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldNeverPassWithoutAValue() {
        MetricPlan plan = plan("result < 0.9", 0, 2, false);
        MetricTally errors = MetricTally.NONE;

        assertThat(new MetricRule(plan, 0.01).judge(errors).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        for (int i = 1; i <= 3; i++) {
            errors = new MetricRule(plan, 0.01).take(errors, Reading.failed("it is dead"));
            assertThat(new MetricRule(plan, 0.01).judge(errors).outcome())
                    .isEqualTo(i <= 2 ? Outcome.INCONCLUSIVE : Outcome.ERROR);
        }
        assertThat(new MetricRule(plan, 0.01).judge(errors).reason())
                .isEqualTo("memory could not be measured 3 times in a row, 2 forgiven: it is dead");
    }

    @Test
    void shouldForgetErrorsWithTheNextValue() {
        MetricRule rule = new MetricRule(plan("result < 0.9", 0, 0, false), 0.01);
        MetricTally tally = rule.take(rule.take(MetricTally.NONE, Reading.failed("down")), value(0.1));

        assertThat(rule.judge(tally).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldMeasureButNotDecideInADryRun() {
        MetricRule rule = new MetricRule(plan("result < 0.9", 0, 0, true), 0.01);
        Measurement measured = rule.judge(rule.take(MetricTally.NONE, value(5)));

        assertThat(measured.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(measured.decides()).isFalse();
    }

    @Test
    void shouldProveTheNewVersionWorseByComparison() {
        MetricRule rule = compared();
        MetricTally tally = MetricTally.NONE;
        for (int i = 0; i < 10; i++) {
            tally = rule.take(tally, Reading.of(10 + i, OptionalDouble.of(1 + i * 0.1)));
        }

        assertThat(rule.judge(tally).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(rule.judge(tally).reason()).contains("memory is worse than the old version's (p = ");
    }

    @Test
    void shouldPassAComparisonOfEqualsOnlyWithEnoughValues() {
        MetricRule rule = compared();
        MetricTally tally = MetricTally.NONE;
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
        for (int i = 0; i < 4; i++) {
            tally = rule.take(tally, Reading.of(values[i], OptionalDouble.of(values[9 - i])));
        }
        assertThat(rule.judge(tally).reason()).isEqualTo("memory has 4 values to compare, 1 more are needed");
        for (int i = 4; i < 10; i++) {
            tally = rule.take(tally, Reading.of(values[i], OptionalDouble.of(values[9 - i])));
        }
        assertThat(rule.judge(tally).outcome()).isEqualTo(Outcome.PASS);
    }

    private static MetricRule compared() {
        return new MetricRule(
                new MetricPlan(
                        "memory",
                        new MetricPlan.Query("x"),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0,
                        1,
                        Optional.of(Direction.HIGHER),
                        false),
                0.05);
    }

    private static Outcome judge(MetricPlan plan, double... values) {
        MetricRule rule = new MetricRule(plan, 0.01);
        MetricTally tally = MetricTally.NONE;
        for (double value : values) {
            tally = rule.take(tally, value(value));
        }
        return rule.judge(tally).outcome();
    }

    private static Reading value(double value) {
        return Reading.of(value, OptionalDouble.empty());
    }

    private static MetricPlan plan(String success, long failureLimit, long consecutiveErrors, boolean dryRun) {
        return new MetricPlan(
                "memory",
                new MetricPlan.Query("x"),
                Duration.ofSeconds(1),
                Optional.of(Condition.parse(success)),
                Optional.empty(),
                failureLimit,
                consecutiveErrors,
                1,
                Optional.empty(),
                dryRun);
    }
}
