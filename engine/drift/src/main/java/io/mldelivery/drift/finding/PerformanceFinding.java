package io.mldelivery.drift.finding;

import java.util.OptionalDouble;

/**
 * How good the model's answers are on the current rows, compared with the reference.
 *
 * @param kind {@code realised} where labels are known, {@code estimated} where they are not
 * @param metric such as {@code roc-auc}
 * @param reference the metric on the reference
 * @param current the metric on the current rows
 * @param low lower end of the current value's interval at 95 %
 * @param high its upper end
 * @param rows current rows that it is taken from
 * @param pValue one-sided, of "it is no worse than on the reference"
 * @param worse whether it is worse by more than the policy tolerates, significantly
 * @param detail what it rests on, in words
 */
public record PerformanceFinding(
        String kind,
        String metric,
        double reference,
        double current,
        double low,
        double high,
        long rows,
        OptionalDouble pValue,
        boolean worse,
        String detail) {}
