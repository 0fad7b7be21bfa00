package io.mldelivery.drift.statistics;

/**
 * The result of a significance test of "both samples come from one distribution".
 *
 * @param statistic the test's own measure
 * @param pValue two-sided, from 0 to 1
 */
public record TestResult(double statistic, double pValue) {}
