package io.mldelivery.retraining.budget;

import java.time.Instant;
import java.util.Objects;

/**
 * A build that trained this model before.
 *
 * @param startedAt when it started
 * @param automatic whether an event started it rather than a person
 * @param end how it ended
 */
public record PastRetraining(Instant startedAt, boolean automatic, End end) {
    /** How a retraining ended. */
    public enum End {
        /** It has not ended yet. */
        RUNNING,
        /** A new version went into production. */
        PROMOTED,
        /** No version went into production: the gate or the rollout stopped it, or the build failed. */
        IN_VAIN
    }

    public PastRetraining {
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(end);
    }
}
