package io.mldelivery.rollout.control;

import io.mldelivery.rollout.machine.Command;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The journals of one target, kept where the target is, so that whoever can reach the target can go on with its rollouts: a
 * journal for each rollout, the name of the last one, and commands from outside.
 */
public interface Journals {
    Optional<Journal> journal(String id);

    /** Replaces the journal; it is safe when this returns. Fails when another controller has replaced it meanwhile. */
    void save(Journal journal);

    /**
     * Remembers what was merely counted since the last save, in this process only. After a crash it is counted anew, as one
     * larger look: the servers' counters still have it.
     */
    void keep(Journal journal);

    /** The rollout that was started last on this target. */
    Optional<String> latest();

    /**
     * Makes it the one under way. Fails when another rollout has become that since {@link #latest()} was asked in the same
     * {@link #exclusively} action; the journal of this one is gone then.
     */
    void latest(String id);

    /** All rollouts of this target that are still known, oldest first. */
    List<String> ids();

    /** Leaves a command for whoever controls the rollout. */
    void command(String id, Command command);

    Optional<Command> command(String id);

    void forgetCommand(String id);

    /** Runs something that nobody else may do on this target at the same time. */
    <T> T exclusively(Supplier<T> action);

    /**
     * Whether whoever did the rollout's last tick is gone for good.
     *
     * @param journal of a rollout that has not ended
     */
    boolean isOrphan(Journal journal);
}
