package io.mldelivery.gate.policy;

import io.mldelivery.gate.expression.Expression;

/** What a rule asks of its metric. */
public sealed interface Criterion {
    /** The word for it in policies and reports. */
    String kind();

    /** Whether the champion is needed to decide. */
    default boolean comparesWithChampion() {
        return false;
    }

    /**
     * The value lies within bounds.
     *
     * @param kind {@code threshold}, or the budget's or check's own word, such as {@code latency}
     * @param byInterval whether the confidence interval, not the value alone, must lie within
     */
    record Threshold(String kind, Bounds bounds, boolean byInterval) implements Criterion {}

    /**
     * The value minus the champion's (or another's) lies within bounds.
     *
     * @param kind {@code change}, or {@code leakage} for improvements that are too good to be true
     * @param relative whether the difference is divided by the size of the champion's value
     */
    record Change(String kind, Bounds bounds, boolean relative, Against against) implements Criterion {
        @Override
        public boolean comparesWithChampion() {
            return true;
        }
    }

    /**
     * The candidate is shown to differ from the champion in a stated way.
     *
     * @param margin above 0 for non-inferiority and equivalence, at least 0 for superiority
     */
    record Comparison(Claim claim, double margin, TestMethod test) implements Criterion {
        @Override
        public String kind() {
            return claim.word();
        }

        @Override
        public boolean comparesWithChampion() {
            return true; // in robustness with the candidate itself
        }
    }

    /** What a comparison must show. */
    enum Claim {
        /** Worse by less than the margin. */
        NON_INFERIORITY("non-inferiority"),
        /** Better by more than the margin. */
        SUPERIORITY("superiority"),
        /** Neither better nor worse by the margin. */
        EQUIVALENCE("equivalence"),
        /** With disturbed inputs worse by less than the margin than with undisturbed ones. */
        ROBUSTNESS("robustness");

        private final String word;

        Claim(String word) {
            this.word = word;
        }

        /** The word for it in policies. */
        public String word() {
            return word;
        }
    }

    /**
     * The metric's largest difference between two slices is at most {@code max}.
     *
     * @param max 0 to the metric's range
     */
    record Gap(String kind, double max) implements Criterion {}

    /** A condition over all metrics of candidate and champion holds. */
    record Condition(Expression expression) implements Criterion {
        @Override
        public String kind() {
            return "expression";
        }
    }
}
