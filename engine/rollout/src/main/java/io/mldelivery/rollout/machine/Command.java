package io.mldelivery.rollout.machine;

/** What somebody outside asked for. */
public enum Command {
    /** Leave the pause, or go on to promotion without waiting for the rest of the step. */
    PROMOTE,
    /** All rollouts of its group have passed: this one may be promoted. */
    RELEASE,
    /** Return to the old version. */
    ABORT
}
