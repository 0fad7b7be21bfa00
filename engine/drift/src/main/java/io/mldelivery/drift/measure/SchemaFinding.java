package io.mldelivery.drift.measure;

/** A way in which the columns themselves differ. */
public record SchemaFinding(String column, Change change, String description) {

    /** What happened to the column. */
    public enum Change {
        /** The current data lacks it. */
        MISSING,
        /** The reference lacks it. */
        ADDED,
        /** Its values are of another kind now. */
        KIND
    }
}
