package io.mldelivery.rollout.machine;

/**
 * How a version's serving process (or pods) is.
 *
 * @param detail why, in a few words; empty when there is nothing to say
 */
public record Instance(Phase phase, String detail) {
    /** The stages of a serving process' life. */
    public enum Phase {
        /** There is none. */
        ABSENT,
        /** Started, does not serve yet. */
        STARTING,
        /** Serves. */
        READY,
        /** Ended or gave up by itself. */
        DEAD
    }

    public static Instance absent() {
        return new Instance(Phase.ABSENT, "");
    }

    public static Instance starting() {
        return new Instance(Phase.STARTING, "");
    }

    public static Instance ready() {
        return new Instance(Phase.READY, "");
    }

    public static Instance dead(String detail) {
        return new Instance(Phase.DEAD, detail);
    }

    public boolean isReady() {
        return phase == Phase.READY;
    }

    public boolean isDead() {
        return phase == Phase.DEAD;
    }

    public boolean isAbsent() {
        return phase == Phase.ABSENT;
    }
}
