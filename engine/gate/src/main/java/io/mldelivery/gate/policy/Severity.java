package io.mldelivery.gate.policy;

/** What a rule that does not pass means for the gate. */
public enum Severity {
    /** The rule's outcome is the gate's. */
    FAIL,
    /** The gate's outcome is left alone; the build becomes unstable. */
    UNSTABLE,
    /** Reported, without consequence. */
    NOTE
}
