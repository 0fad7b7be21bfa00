package io.mldelivery.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutPlanTest {
    private static final String GOOD = """
            steps:
            - {weight: 10, pause: 5s}
            - {weight: 100, requests: 50}
            analysis:
              successRate: {min: 0.99}
            """;

    @Test
    void shouldReadPlanWithDefaults() {
        RolloutPlan plan = RolloutPlan.parse("rollout.yaml", GOOD);

        assertThat(plan.strategy()).isEqualTo(Strategy.CANARY);
        assertThat(plan.steps())
                .containsExactly(
                        new RolloutStep(10, Duration.ofSeconds(5), 0, false),
                        new RolloutStep(100, Duration.ZERO, 50, false));
        assertThat(plan.analysis().falseAlarms()).isEqualTo(0.01);
        assertThat(plan.deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(plan.onInconclusive()).isEqualTo(OnInconclusive.ROLLBACK);
    }

    @Test
    void shouldGiveAFirstVersionAllTrafficForTheLongestStep() {
        assertThat(RolloutPlan.parse("rollout.yaml", GOOD).firstVersion().steps())
                .containsExactly(new RolloutStep(100, Duration.ofSeconds(5), 50, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "weight: 10, pause|weight: 0, pause|rollout.yaml:2:12: steps[0].weight: a weight is a whole number from 1 to 100, got 0",
                "weight: 10, pause|weight: ten, pause|expected a whole number, got 'ten'",
                "weight: 10, pause|weight: 100, pause|weights must rise, but 100 follows 100",
                "weight: 100, requests|weight: 90, requests|the last step has weight 90",
                "pause: 5s|pause: 5|expected a duration, got '5'",
                "pause: 5s|paused: 5s|unknown key 'paused'",
                "requests: 50|requests: -1|cannot be negative",
                "min: 0.99|min: 99|must lie between 0 and 1",
                "min: 0.99|min: .nan|expected a number",
                "min: 0.99|compare: false|neither a minimum nor a comparison",
                "successRate:|minimumRequests: 0 #|must be at least 1, for no traffic is no success",
                "successRate: {min: 0.99}|interval: 1s|nothing is measured",
                "successRate: {min: 0.99}|latency: {quantile: 0.9}|neither a maximum nor a ratio",
                "successRate: {min: 0.99}|latency: {ratio: 0.5}|must be from 1 to 1000",
                "steps:|onInconclusive: maybe/steps:|'maybe' is not known",
            })
    void shouldSayWhatAndWhereWhenPlanIsWrong(String part, String replacement, String message) {
        String broken = GOOD.replaceFirst(java.util.regex.Pattern.quote(part), replacement.replace('/', '\n'));

        assertThatThrownBy(() -> RolloutPlan.parse("rollout.yaml", broken))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("rollout.yaml:")
                .hasMessageContaining(message);
    }
}
