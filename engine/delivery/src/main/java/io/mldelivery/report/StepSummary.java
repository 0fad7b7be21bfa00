package io.mldelivery.report;

/**
 * What one step came to, for a chip and a line.
 *
 * @param step the step's name in a Jenkinsfile
 * @param outcome {@code PASS}, {@code FAIL}, {@code INCONCLUSIVE}, {@code ERROR} or, while it goes on, {@code RUNNING}
 * @param sentence one sentence with the numbers that decided
 * @param section the id of the report's section that tells more
 */
public record StepSummary(String step, String outcome, String sentence, String section) {}
