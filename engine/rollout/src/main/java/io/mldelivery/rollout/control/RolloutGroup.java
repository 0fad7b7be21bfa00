package io.mldelivery.rollout.control;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.RolloutReport.Standing;
import io.mldelivery.rollout.machine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several rollouts with one verdict. None is promoted before all have passed; when one fails, it goes back at once, and the
 * others after it in reverse order, one at a time, those that were promoted already included.
 *
 * <p>Remembers nothing: what is to be done follows from how the rollouts stand, so any process can go on with a group.
 */
public final class RolloutGroup {
    private final List<Member> members;
    private final String owner;

    /**
     * One of the rollouts.
     *
     * @param id the rollout, or its return once that has begun
     * @param returns whether {@code id} is the return to what served before
     * @param knownEvents how many of the rollout's events the caller has
     */
    public record Member(Rollouts rollouts, String id, boolean returns, int knownEvents) {}

    /**
     * How a member stands after a look.
     *
     * @param returns whether the report is about the return to what served before
     */
    public record Look(RolloutReport report, boolean returns) {
        private boolean failed() {
            return report.standing() == Standing.GOING_BACK
                    || report.isFinished() && !returns && report.outcome() != Outcome.PASS;
        }

        /** Whether the new version has gone, or cannot be made to go. */
        private boolean isBack() {
            return report.isFinished() && (returns || report.outcome() != Outcome.PASS);
        }

        /** Whether neither version could be brought to serve alone. */
        private boolean isLost() {
            return report.outcome() == Outcome.ERROR || returns && report.outcome() != Outcome.PASS;
        }

        private boolean isPromoted() {
            return report.isFinished() && !returns && report.outcome() == Outcome.PASS;
        }

        private boolean waits() {
            return report.standing() == Standing.WAITS_FOR_GROUP;
        }
    }

    /** @param owner who is told to have started returns */
    public RolloutGroup(List<Member> members, String owner) {
        this.members = List.copyOf(members);
        this.owner = owner;
    }

    /**
     * How the group stands.
     *
     * @param members in their order
     * @param outcome {@code PASS} when all have passed, {@code INCONCLUSIVE} while it goes on
     */
    public record Standings(List<Look> members, boolean finished, Outcome outcome) {
        public Standings {
            members = List.copyOf(members);
        }
    }

    /**
     * Looks at all members and does what is due.
     *
     * @param aborted whether the whole group is to go back
     */
    public Standings tick(boolean aborted) throws InterruptedException {
        List<Look> looks = new ArrayList<>();
        for (Member member : members) {
            looks.add(new Look(member.rollouts().tick(member.id(), member.knownEvents()), member.returns()));
        }
        boolean broken = aborted || looks.stream().anyMatch(look -> look.failed() || look.returns());
        if (!broken && looks.stream().allMatch(RolloutGroup::mayBePromoted)) {
            release(looks);
        }
        boolean goesOn = broken
                ? goBack(looks)
                : looks.stream().anyMatch(look -> !look.report().isFinished());
        return new Standings(looks, !goesOn, goesOn ? Outcome.INCONCLUSIVE : outcome(looks));
    }

    /** It has passed; some may have been released already when the process died in between. */
    private static boolean mayBePromoted(Look look) {
        return look.waits() || look.isPromoted() || look.report().state().equals("promoting");
    }

    private void release(List<Look> looks) {
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).waits()) {
                members.get(i).rollouts().leave(members.get(i).id(), Command.RELEASE);
            }
        }
    }

    /** The last one that is not back yet; those before it wait until it is. Returns whether something is left to do. */
    private boolean goBack(List<Look> looks) throws InterruptedException {
        for (int i = looks.size() - 1; i >= 0; i--) {
            if (!looks.get(i).isBack() && !stays(looks, i)) {
                return true;
            }
        }
        return false;
    }

    /** Has one member go back; returns whether it has to stay, because nothing served before. */
    private boolean stays(List<Look> looks, int i) throws InterruptedException {
        Member member = members.get(i);
        Look look = looks.get(i);
        if (look.isPromoted()) {
            Optional<RolloutReport> began = member.rollouts().undo(member.id(), owner);
            began.ifPresent(report -> looks.set(i, new Look(report, true)));
            return began.isEmpty();
        }
        if (!look.returns() && look.report().standing() != Standing.GOING_BACK) {
            member.rollouts().leave(member.id(), Command.ABORT);
        }
        return false;
    }

    private static Outcome outcome(List<Look> looks) {
        boolean lost = looks.stream().anyMatch(Look::isLost);
        if (lost) {
            return Outcome.ERROR;
        }
        return looks.stream().allMatch(Look::isPromoted) ? Outcome.PASS : Outcome.FAIL;
    }
}
