package io.mldelivery.drift.measure;

/**
 * The test whose p-value decides whether a difference can be chance.
 *
 * @param name {@code ks} or {@code chi-square}
 */
public record SignificanceTest(String name, double pValue) {}
