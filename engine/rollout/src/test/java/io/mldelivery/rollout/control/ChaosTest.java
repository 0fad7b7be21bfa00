package io.mldelivery.rollout.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.machine.Command;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Randomized rollouts against a target and a registry that fail, lie and lose answers, with the controller killed again
 * and again at any point and started anew from its journal. Fixed seeds.
 */
class ChaosTest {
    private static final int ROLLOUTS_A_SEED = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldEndEveryRolloutOnAGoodVersion(long seed) {
        var random = new Random(seed);
        int promoted = 0;
        int rolledBack = 0;
        int killed = 0;
        for (int i = 0; i < ROLLOUTS_A_SEED; i++) {
            ChaoticTarget target = run(random);
            promoted += target.champion().equals(Optional.of("2")) ? 1 : 0;
            killed += target.killed();
            rolledBack += target.champion().equals(Optional.of("1")) ? 1 : 0;
        }

        assertThat(promoted + rolledBack).isEqualTo(ROLLOUTS_A_SEED);
        assertThat(killed).isGreaterThan(10);
        assertThat(promoted).isPositive();
        assertThat(rolledBack).isPositive();
    }

    private static ChaoticTarget run(Random random) {
        var target = new ChaoticTarget(random, random.nextInt(3) == 0, random.nextDouble() * 0.3);
        var journals = new MemoryJournals();
        target.calm(true);
        controller(journals, target).start(order(target));
        boolean abort = random.nextInt(5) == 0;
        int calmAfter = 30 + random.nextInt(40);
        int killed = 0;
        RolloutReport report = null;
        for (int tick = 0; tick < 2_000 && (report == null || !report.isFinished()); tick++) {
            target.calm(tick > calmAfter);
            target.pass(1_000);
            if (abort && tick == 20) {
                journals.command("r1", Command.ABORT);
            }
            try {
                report = controller(journals, target).tick("r1", 0); // a new controller, as after a restart
            } catch (ChaoticTarget.Killed e) {
                killed++;
            }
        }
        check(target, report);
        target.killed(killed);
        return target;
    }

    private static void check(ChaoticTarget target, RolloutReport report) {
        assertThat(report.isFinished()).as(report.reason()).isTrue();
        assertThat(report.state()).isNotEqualTo("failed");
        boolean promoted = report.outcome() == Outcome.PASS;
        assertThat(target.living()).containsExactly(promoted ? "2" : "1");
        assertThat(target.share("2")).isEqualTo(promoted ? 100 : 0);
        assertThat(target.champion()).contains(promoted ? "2" : "1");
        assertThat(promoted && target.isBad()).as("a bad version was promoted").isFalse();
    }

    private static RolloutController controller(Journals journals, ChaoticTarget target) {
        return new RolloutController(journals, target, target, target.clock());
    }

    private static RolloutOrder order(ChaoticTarget target) {
        return new RolloutOrder(
                "r1",
                "test",
                target.name(),
                new Deployment("m", "2", "2"),
                Optional.of(new Deployment("m", "1", "1")),
                Optional.of("1"),
                "plan",
                ChaoticTarget.PLAN,
                Optional.empty(),
                Optional.empty(),
                Instant.now(target.clock()),
                Optional.empty());
    }
}
