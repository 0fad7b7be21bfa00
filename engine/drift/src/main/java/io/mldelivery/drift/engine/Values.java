package io.mldelivery.drift.engine;

/**
 * One column's part of a table.
 *
 * @param side counts over all rows
 * @param values finite values in ascending order; treat as read-only
 */
public record Values(Side side, double[] values) {}
