package io.mldelivery.gate.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a rule's value comes from when it is neither reported nor computed from the candidate's predictions. */
public sealed interface Origin {
    /**
     * The share of evaluated rows that the training has seen.
     *
     * @param train the table of training rows
     * @param columns the columns by which rows are the same; the id when empty
     */
    record Overlap(String train, List<String> columns) implements Origin {}

    /**
     * A property of a table.
     *
     * @param column absent for the number of rows and the schema
     * @param schema the expected columns, for the check of a schema
     */
    record Data(String file, Optional<String> column, Check check, Map<String, Holds> schema) implements Origin {}

    /** What is measured of a table or column. */
    enum Check {
        /** The number of rows. */
        ROWS,
        /** The share of missing values. */
        NULLS,
        /** The smallest value. */
        MIN,
        /** The largest value. */
        MAX,
        /** The number of different values. */
        DISTINCT,
        /** Days since the newest date. */
        AGE_DAYS,
        /** The number of columns that are absent or of another type than expected. */
        SCHEMA
    }

    /** What a column must hold for the check of a schema. */
    enum Holds {
        NUMBER,
        TEXT,
        DATE,
        BOOLEAN
    }

    /**
     * The share of metamorphic cases that the model fails.
     *
     * @param cases a table with the column {@code expect} (same, increase, decrease), when wanted {@code tolerance}, and
     *     either a model's inputs with their changes in columns such as {@code after.distance}, or scores in
     *     {@code before} and {@code after}
     * @param output which of the model's outputs is compared, from 0; absent for the usual one
     */
    record Behaviour(String cases, OptionalInt output) implements Origin {}

    /**
     * The candidate's own predictions for the same rows with disturbed inputs, which are held against the undisturbed.
     */
    record Disturbed(String predictions) implements Origin {}

    /**
     * The candidate is run on the same rows with disturbed inputs.
     *
     * @param amount of noise in standard deviations of a feature; of missing values as a share; not used to permute
     * @param columns the features that are disturbed; all when empty
     */
    record Disturbance(How how, double amount, List<String> columns) implements Origin {}

    /** How inputs are disturbed. */
    enum How {
        /** Normal noise is added to numbers. */
        NOISE,
        /** Values are left out at random. */
        MISSING,
        /** Each feature's values are dealt out anew among the rows. */
        PERMUTE
    }
}
