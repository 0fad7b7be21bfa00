package io.mldelivery.drift.finding;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The answer to one question about several columns, a text or an embedding.
 *
 * @param analysis {@code domain-classifier}, {@code reconstruction}, {@code mean-discrepancy}, {@code unknown-words} or
 *     {@code embedding}
 * @param subject what it was asked about: {@code all columns} or a column's name
 * @param value the measure, in the analysis' unit
 * @param threshold where drift begins
 * @param pValue of the test that there is no difference; adjusted for the number of questions once judged
 * @param drifted whether the value reaches the threshold and the test is significant
 * @param detail further numbers, in words; may be empty
 * @param causes the columns that give the difference away, the most telling first
 */
public record JointFinding(
        String analysis,
        String subject,
        double value,
        double threshold,
        OptionalDouble pValue,
        boolean drifted,
        String detail,
        List<Cause> causes) {

    /** A column and its share of what was found, 0 to 1. */
    public record Cause(String column, double share) {}

    public JointFinding {
        causes = List.copyOf(causes);
    }

    /** An answer that is not judged yet. */
    public static JointFinding measured(
            String analysis, String subject, double value, double threshold, double pValue, String detail) {
        return new JointFinding(
                analysis, subject, value, threshold, OptionalDouble.of(pValue), false, detail, List.of());
    }

    /** The same with its causes. */
    public JointFinding because(List<Cause> found) {
        return new JointFinding(analysis, subject, value, threshold, pValue, drifted, detail, found);
    }

    /** The same, judged by the adjusted p-value. */
    public JointFinding judged(double adjusted, double level) {
        return new JointFinding(
                analysis,
                subject,
                value,
                threshold,
                OptionalDouble.of(adjusted),
                value >= threshold && adjusted <= level,
                detail,
                causes);
    }
}
