package io.mldelivery.rollout.control;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.machine.Failed;
import io.mldelivery.rollout.machine.Paused;
import io.mldelivery.rollout.machine.Promoted;
import io.mldelivery.rollout.machine.RolledBack;
import io.mldelivery.rollout.machine.RollingBack;
import io.mldelivery.rollout.machine.RolloutState;

/** What a rollout has come to, as one of the four outcomes. */
final class Conclusion {
    private Conclusion() {}

    static Outcome outcome(Journal journal) {
        RolloutState state = journal.state;
        if (state instanceof Promoted) {
            return Outcome.PASS;
        }
        if (state instanceof RolledBack back) {
            return back.passed() ? Outcome.PASS : Outcome.FAIL;
        }
        return state instanceof Failed ? Outcome.ERROR : Outcome.INCONCLUSIVE;
    }

    static String reason(Journal journal) {
        RolloutState state = journal.state;
        if (state instanceof Promoted) {
            return journal.order.candidate().label() + " met all limits and serves all requests";
        }
        if (state instanceof RolledBack back) {
            return (back.passed() ? "compared, and passed: " : "rolled back: ") + back.reason();
        }
        if (state instanceof RollingBack back) {
            return (back.passed() ? "compared, and passed: " : "rolling back: ") + back.reason();
        }
        if (state instanceof Failed failed) {
            return failed.reason();
        }
        return state instanceof Paused paused ? "paused: " + paused.reason() : state.label();
    }
}
