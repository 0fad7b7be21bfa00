package io.mldelivery.drift.policy;

/**
 * How one column is judged.
 *
 * @param threshold where drift begins, in the method's unit
 * @param significant whether the difference must also be significant after correction for the number of columns
 */
public record Rule(Method method, double threshold, boolean significant) {
    /** Shown, not judged. */
    public static final Rule NONE = new Rule(Method.NONE, 0, false);
}
