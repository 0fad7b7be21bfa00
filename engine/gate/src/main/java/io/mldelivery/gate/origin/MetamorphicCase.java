package io.mldelivery.gate.origin;

import java.util.Optional;

/**
 * What is expected of a model when its input changes.
 *
 * @param expect {@code same}, {@code increase} or {@code decrease}
 * @param tolerance how far answers that should be the same may differ, or move the wrong way
 * @param name what messages call the case
 */
record MetamorphicCase(String expect, double tolerance, Optional<String> name) {
    boolean holds(double before, double after) {
        double change = after - before;
        return switch (expect) {
            case "same" -> Math.abs(change) <= tolerance;
            case "increase" -> change >= -tolerance;
            default -> change <= tolerance;
        };
    }

    /** What is expected, in words. */
    String wanted() {
        return switch (expect) {
            case "same" -> "the same";
            case "increase" -> "an increase";
            default -> "a decrease";
        };
    }

    boolean isDirected() {
        return !expect.equals("same");
    }
}
