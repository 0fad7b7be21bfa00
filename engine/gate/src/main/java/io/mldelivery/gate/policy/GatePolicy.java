package io.mldelivery.gate.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.stats.MultipleTesting;
import java.util.List;
import java.util.Optional;

/**
 * What a candidate must show to be let through: the content of a {@code gate.yaml}.
 *
 * @param rules at least one
 * @param firstVersionAllowed whether rules against a champion pass when there is no champion yet
 * @param alpha the two-sided error rate of intervals and tests; each side has half of it
 * @param multiplicity how p-values for failing are corrected for the number of rules and slices; absent for not at all
 * @param minimumRows fewer rows (in AUC: of either class) are inconclusive
 * @param seed of everything random
 * @param holdout how often one evaluation set may decide
 */
public record GatePolicy(
        List<Rule> rules,
        boolean firstVersionAllowed,
        double alpha,
        Optional<MultipleTesting> multiplicity,
        long minimumRows,
        long seed,
        PredictionColumns columns,
        Holdout holdout) {
    public GatePolicy {
        rules = List.copyOf(rules);
    }

    /**
     * Reads a policy; every mistake is a {@link io.mldelivery.model.DeliveryException} with line and column.
     *
     * @param source the file's name, for messages
     */
    public static GatePolicy parse(String source, String yaml) {
        return new PolicyParser(ConfigNode.parse(source, yaml)).parse();
    }

    /** The share of intervals that cover the true value: 1 − alpha. */
    public double level() {
        return 1 - alpha;
    }

    /** The same policy with another error rate. */
    public GatePolicy withAlpha(double other) {
        return new GatePolicy(rules, firstVersionAllowed, other, multiplicity, minimumRows, seed, columns, holdout);
    }
}
