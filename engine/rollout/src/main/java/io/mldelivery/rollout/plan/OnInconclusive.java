package io.mldelivery.rollout.plan;

/** What to do when a step's deadline has come and the measurements allow no decision. */
public enum OnInconclusive {
    /** Send all traffic back to the old version. */
    ROLLBACK,
    /** Stay at this weight until somebody promotes or aborts. */
    PAUSE,
    /** Go on measuring until the deadline of the whole rollout. */
    EXTEND
}
