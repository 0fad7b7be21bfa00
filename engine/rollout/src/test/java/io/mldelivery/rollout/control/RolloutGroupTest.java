package io.mldelivery.rollout.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.RolloutGroup.Look;
import io.mldelivery.rollout.control.RolloutGroup.Member;
import io.mldelivery.rollout.control.RolloutGroup.Standings;
import io.mldelivery.rollout.control.Rollouts.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three services with one verdict, on targets in memory; a new group object for every look, as after a restart. */
class RolloutGroupTest {
    @TempDir
    Path folder;

    private final List<ChaoticTarget> targets = new ArrayList<>();
    private final List<Rollouts> rollouts = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private Standings last;

    private void start(boolean... bad) throws InterruptedException {
        for (int i = 0; i < bad.length; i++) {
            var target = new ChaoticTarget(new Random(i), bad[i], 0);
            target.calm(true);
            targets.add(target);
            var journals = new RolloutFolder(folder.resolve("t" + i));
            rollouts.add(new Rollouts(new Site("m" + i, journals, target), target, target.clock(), Map.of()));
            String id = rollouts.get(i).start(request(Optional.of("g1"))).id();
            members.add(new Member(rollouts.get(i), id, false, 0));
        }
    }

    private static Request request(Optional<String> group) {
        return new Request(
                "m",
                "2",
                Optional.empty(),
                "test",
                "plan",
                ChaoticTarget.PLAN,
                Optional.empty(),
                Optional.empty(),
                group);
    }

    private void look(boolean aborted) throws InterruptedException {
        targets.forEach(target -> target.pass(1_000));
        last = new RolloutGroup(members, "test").tick(aborted);
        for (int i = 0; i < members.size(); i++) {
            Look look = last.members().get(i);
            String end = i + ":" + (look.returns() ? "returned" : look.report().state());
            if (look.report().isFinished() && !ends.contains(end)) {
                ends.add(end);
            }
            members.set(i, new Member(rollouts.get(i), look.report().id(), look.returns(), 0));
        }
    }

    private void finish(boolean aborted) throws InterruptedException {
        for (int i = 0; i < 200 && (last == null || !last.finished()); i++) {
            look(aborted);
        }
        assertThat(last.finished()).isTrue();
    }

    @Test
    void shouldPromoteAllOnlyWhenAllHavePassed() throws Exception {
        start(false, false, false);
        while (last == null || last.members().stream().noneMatch(RolloutGroupTest::waits)) {
            look(false);
        }
        assertThat(targets).allSatisfy(target -> assertThat(target.champion()).contains("1"));
        finish(false);

        assertThat(last.outcome()).isEqualTo(Outcome.PASS);
        assertThat(targets).allSatisfy(target -> {
            assertThat(target.living()).containsExactly("2");
            assertThat(target.champion()).contains("2");
        });
    }

    private static boolean waits(Look look) {
        return look.report().standing() == RolloutReport.Standing.WAITS_FOR_GROUP;
    }

    @Test
    void shouldGoBackInReverseOrderWhenOneFails() throws Exception {
        start(true, false, false);
        finish(false);

        assertThat(last.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(ends).containsExactlyInAnyOrder("0:rolled-back", "1:rolled-back", "2:rolled-back");
        assertThat(ends.indexOf("2:rolled-back")).isLessThan(ends.indexOf("1:rolled-back"));
        assertOldServes();
    }

    /** The last member's registry does not answer until its process has died, when the others are promoted already. */
    @Test
    void shouldTakeBackWhatWasPromotedWhenALaterMemberDies() throws Exception {
        start(false, false, false);
        targets.get(2).registryAway(true);
        while (!ends.contains("1:promoted")) {
            look(false);
        }
        targets.get(2).living().remove("2");
        targets.get(2).registryAway(false);
        finish(false);

        assertThat(ends).contains("0:promoted", "1:promoted");
        assertThat(ends.indexOf("1:returned")).isLessThan(ends.indexOf("0:returned"));
        assertThat(last.outcome()).isEqualTo(Outcome.FAIL);
        assertOldServes();
    }

    @Test
    void shouldGoBackInReverseOrderWhenAborted() throws Exception {
        start(false, false, false);
        for (int i = 0; i < 4; i++) {
            look(false);
        }
        finish(true);

        assertThat(ends).containsExactly("2:rolled-back", "1:rolled-back", "0:rolled-back");
        assertThat(last.outcome()).isEqualTo(Outcome.FAIL);
        assertOldServes();
    }

    private void assertOldServes() {
        assertThat(targets).allSatisfy(target -> {
            assertThat(target.living()).hasSize(1);
            assertThat(target.champion()).contains("1");
            assertThat(target.current().orElseThrow().version()).isEqualTo("1");
        });
    }
}
