package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.rollout.machine.World.Happening;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What holds for every rollout, whatever happens. */
class RolloutMachinePropertyTest {
    private static final Set<Integer> ALLOWED = Set.of(0, 10, 50, 100);

    @Property(tries = 20_000, seed = "7")
    void everyRolloutEndsOnAGoodVersion(
            @ForAll @Size(max = 60) List<Happening> happenings, @ForAll boolean hasStable, @ForAll boolean grouped) {
        var world = new World(hasStable, grouped);
        for (Happening happening : happenings) {
            check(world, world.tick(happening));
        }
        settle(world);
        checkEnd(world);
    }

    @Test
    void shouldEndWellAfterEveryInterleavingUpToDepthEight() {
        int checked = 0;
        for (boolean hasStable : new boolean[] {true, false}) {
            checked += explore(new World(hasStable, false), 8) + explore(new World(hasStable, true), 8);
        }
        assertThat(checked).isGreaterThan(1_000);
    }

    /** Breadth first; worlds that look the same have the same future and are followed once. */
    private static int explore(World start, int depth) {
        Set<String> seen = new HashSet<>();
        Deque<World> level = new ArrayDeque<>(List.of(start));
        int checked = 0;
        for (int i = 0; i < depth; i++) {
            Deque<World> next = new ArrayDeque<>();
            for (World world : level) {
                for (Happening happening : Happening.values()) {
                    World after = world.copy();
                    check(after, after.tick(happening));
                    if (seen.add(after.fingerprint())) {
                        next.add(after);
                    }
                    World calm = after.copy();
                    settle(calm);
                    checkEnd(calm);
                    checked++;
                }
            }
            level = next;
        }
        return checked;
    }

    /** Nothing more happens from outside. */
    private static void settle(World world) {
        for (int i = 0; i < 100 && !world.state.isFinal(); i++) {
            check(world, world.tick(world.grouped ? Happening.RELEASE : Happening.PASS));
        }
    }

    private static void check(World world, Transition transition) {
        assertThat(ALLOWED).containsAll(world.weights);
        if (world.sawFail || world.aborted) {
            assertThat(transition.state()).isInstanceOfAny(RollingBack.class, RolledBack.class, Failed.class);
        }
        if (world.grouped && !world.released) {
            assertThat(transition.state()).isNotInstanceOfAny(Promoting.class, Promoted.class);
        }
        if (transition.state().isFinal()) {
            assertThat(transition.effects()).isEmpty();
        }
    }

    private static void checkEnd(World world) {
        assertThat(world.state.isFinal()).as(world.state.toString()).isTrue();
        assertThat(world.state).isNotInstanceOf(Failed.class);
        if (world.state instanceof Promoted) {
            assertThat(world.alias).isTrue();
            assertThat(world.stable.isAbsent()).isTrue();
        } else {
            assertThat(world.alias).isFalse();
            assertThat(world.candidate.isAbsent()).isTrue();
        }
    }
}
