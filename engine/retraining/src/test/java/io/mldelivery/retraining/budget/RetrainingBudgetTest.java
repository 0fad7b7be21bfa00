package io.mldelivery.retraining.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.retraining.budget.PastRetraining.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainingBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final RetrainingBudget BUDGET = new RetrainingBudget(Duration.ofHours(1), 3, 2);

    private static PastRetraining automatic(String ago, End end) {
        return new PastRetraining(NOW.minus(Duration.parse(ago)), true, end);
    }

    private static PastRetraining byHand(String ago, End end) {
        return new PastRetraining(NOW.minus(Duration.parse(ago)), false, end);
    }

    private static RetrainingDecision decide(PastRetraining... history) {
        return BUDGET.decide(List.of(history), false, NOW);
    }

    @Test
    void shouldStartTheFirst() {
        assertThat(decide()).isEqualTo(RetrainingDecision.start("1 of 3 automatic retrainings within 24 hours."));
    }

    @Test
    void shouldNotStartWhileOneRuns() {
        assertThat(decide(byHand("PT30H", End.RUNNING)).starts()).isFalse();
        assertThat(decide(byHand("PT30H", End.RUNNING)).reason()).isEqualTo("A retraining is running.");
    }

    @Test
    void shouldNotAnswerItsOwnDoing() {
        RetrainingDecision decision = BUDGET.decide(List.of(), true, NOW);

        assertThat(decision.starts()).isFalse();
        assertThat(decision.possibleAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT59M59.999S, false", "PT1H, true", "PT1H0.001S, true", "PT0S, false", "PT-5M, false"})
    void shouldCoolDown(String ago, boolean starts) {
        assertThat(decide(byHand(ago, End.PROMOTED)).starts()).isEqualTo(starts);
    }

    @Test
    void shouldSayWhenCooledDown() {
        RetrainingDecision decision = decide(byHand("PT20M", End.PROMOTED));

        assertThat(decision.possibleAt()).contains(NOW.plus(Duration.ofMinutes(40)));
        assertThat(decision.reason()).contains("less than 60 min ago", "2026-11-21T12:40:00Z");
    }

    @ParameterizedTest
    @CsvSource({"PT23H59M59S, false", "PT24H, true", "PT25H, true"})
    void shouldCountAutomaticOnesOfADay(String oldest, boolean starts) {
        RetrainingDecision decision = decide(
                automatic(oldest, End.PROMOTED), automatic("PT5H", End.PROMOTED), automatic("PT2H", End.PROMOTED));

        assertThat(decision.starts()).isEqualTo(starts);
    }

    @Test
    void shouldSayWhenTheDayHasRoomAgain() {
        RetrainingDecision decision = decide(
                automatic("PT20H", End.PROMOTED),
                automatic("PT5H", End.PROMOTED),
                automatic("PT4H", End.PROMOTED),
                automatic("PT3H", End.PROMOTED));

        assertThat(decision.reason()).startsWith("4 automatic retrainings within 24 hours (limit 3)");
        assertThat(decision.possibleAt()).contains(NOW.plus(Duration.ofHours(19)));
    }

    @Test
    void shouldNotCountWhatPeopleStart() {
        assertThat(decide(
                                byHand("PT9H", End.PROMOTED),
                                byHand("PT8H", End.IN_VAIN),
                                byHand("PT7H", End.IN_VAIN),
                                byHand("PT6H", End.IN_VAIN))
                        .starts())
                .isTrue();
    }

    @Test
    void shouldStopAfterTooManyInVain() {
        RetrainingDecision decision = decide(
                automatic("PT90H", End.PROMOTED), automatic("PT60H", End.IN_VAIN), automatic("PT30H", End.IN_VAIN));

        assertThat(decision.starts()).isFalse();
        assertThat(decision.reason()).contains("The last 2 automatic retrainings", "(limit 2)", "by hand");
        assertThat(decision.possibleAt()).isEmpty();
    }

    @Test
    void shouldGoOnAfterASuccessOrAPerson() {
        assertThat(decide(
                                automatic("PT60H", End.IN_VAIN),
                                automatic("PT40H", End.PROMOTED),
                                automatic("PT30H", End.IN_VAIN))
                        .starts())
                .isTrue();
        assertThat(decide(
                                automatic("PT60H", End.IN_VAIN),
                                automatic("PT40H", End.IN_VAIN),
                                byHand("PT30H", End.IN_VAIN))
                        .starts())
                .isTrue();
    }

    @Test
    void shouldNotDependOnTheOrderOfTheHistory() {
        assertThat(decide(
                                automatic("PT30H", End.IN_VAIN),
                                automatic("PT90H", End.PROMOTED),
                                automatic("PT60H", End.IN_VAIN))
                        .starts())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, 1, 1", "PT0S, 0, 1", "PT0S, 1, 0"})
    void shouldRefuseBudgetsThatMakeNoSense(Duration coolDown, int maxPerDay, int maxInVain) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> new RetrainingBudget(coolDown, maxPerDay, maxInVain))
                .withMessageContaining("retraining budget");
    }

    private static RetrainingDecision onDrift(String healthyAgo, PastRetraining... history) {
        Optional<Instant> healthy = Optional.ofNullable(healthyAgo).map(ago -> NOW.minus(Duration.parse(ago)));
        return BUDGET.decideOnDrift(List.of(history), healthy, Optional.empty(), NOW);
    }

    @Test
    void shouldStopOnDriftThatTwoPromotedRetrainingsDidNotEnd() {
        PastRetraining first = automatic("PT60H", End.PROMOTED);
        PastRetraining second = automatic("PT30H", End.PROMOTED);

        assertThat(onDrift(null, first).starts()).isTrue();
        assertThat(onDrift(null, first, second).reason()).startsWith("Drift went on after 2 automatic retrainings");
        assertThat(onDrift("PT50H", first, second).starts()).isTrue();
        assertThat(onDrift(null, first, second, byHand("PT20H", End.PROMOTED)).starts())
                .isTrue();
        assertThat(onDrift(null, first, second, byHand("PT20H", End.IN_VAIN)).starts())
                .isFalse();
    }

    @Test
    void shouldWaitOnDriftWhileTheModelIsBusyOrCoolsDown() {
        assertThat(onDrift(null, automatic("PT1M", End.RUNNING)).reason()).isEqualTo("A retraining is running.");
        assertThat(BUDGET.decideOnDrift(List.of(), Optional.empty(), Optional.of("A rollout runs"), NOW)
                        .reason())
                .isEqualTo("A rollout runs.");
        assertThat(onDrift(null, byHand("PT20M", End.PROMOTED)).possibleAt())
                .contains(NOW.plus(Duration.ofMinutes(40)));
    }
}
