package io.mldelivery.drift.policy;

import io.mldelivery.data.ColumnKind;
import java.util.Map;

/** The policies that have a name; a file may start from one and change parts. */
public enum PolicyName {
    /** A difference counts when it is significant after correction for the number of columns, and large enough. */
    CALIBRATED(new Rule(Method.KS, 0.05, true), new Rule(Method.TOTAL_VARIATION, 0.05, true), 0),
    /** The population stability index at 0.2, whatever the number of rows. */
    PSI(new Rule(Method.PSI, 0.2, false), new Rule(Method.PSI, 0.2, false), 0),
    /** Evidently's default preset: method and threshold of a column depend on the data; see {@link EvidentlyRules}. */
    EVIDENTLY(Rule.NONE, Rule.NONE, 0.5);

    private static final double LEVEL = 0.01;
    private static final long SAMPLE = 100_000;

    private final Rule numeric;
    private final Rule categorical;
    private final double tolerated;

    PolicyName(Rule numeric, Rule categorical, double tolerated) {
        this.numeric = numeric;
        this.categorical = categorical;
        this.tolerated = tolerated;
    }

    /** The policy as it stands without changes. */
    public DriftPolicy policy() {
        boolean evidently = this == EVIDENTLY;
        Map<ColumnKind, Rule> rules = Map.of(
                ColumnKind.NUMERIC,
                numeric,
                ColumnKind.CATEGORICAL,
                categorical,
                ColumnKind.TEXT,
                numeric,
                ColumnKind.DATETIME,
                Rule.NONE);
        return new DriftPolicy(
                this,
                Selection.ALL,
                rules,
                Map.of(),
                LEVEL,
                Correction.BENJAMINI_HOCHBERG,
                tolerated,
                evidently ? 2 : 100,
                evidently ? 1 : 0.1,
                true,
                false,
                new Sampling(evidently ? Sampling.ALL : SAMPLE, 1),
                0,
                this == CALIBRATED ? Investigation.COLUMNS : Investigation.NOTHING);
    }
}
