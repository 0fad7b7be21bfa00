package io.mldelivery.stats;

/**
 * What a statistical test found.
 *
 * @param name the test, such as {@code welch}; stable, part of reports
 * @param statistic the test's statistic
 * @param pValue the probability, without a true difference, of a statistic at least as extreme; 0 to 1
 */
public record TestResult(String name, double statistic, double pValue) {}
