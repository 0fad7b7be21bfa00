package io.mldelivery.gate.policy;

/** What a rule of the kind change compares the candidate with. */
public sealed interface Against {
    /** The gate's champion. */
    record TheChampion() implements Against {}

    /**
     * Earlier builds of the job whose gate passed.
     *
     * @param count how many of the newest, at least 1
     */
    record Builds(int count, Take take) implements Against {}

    /**
     * A model of its own.
     *
     * @param address such as {@code models:/late-flights/3}, {@code runs:/<id>}, or a metrics file
     */
    record Model(String address) implements Against {}

    /** What is taken of several builds' values. */
    enum Take {
        /** The newest. */
        LAST,
        MEAN,
        MEDIAN,
        /** The best, for metrics of which it is known which way is better. */
        BEST
    }
}
