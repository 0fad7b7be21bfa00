package io.mldelivery.rollout.plan;

import java.time.Duration;

/**
 * What it takes to be promoted once every step has passed.
 *
 * @param patience for {@code MANUAL}, how long a decision is waited for before going back; for {@code TIMED}, how long one is
 *     waited for before promoting
 */
public record Promotion(Kind kind, Duration patience) {
    /** Promoted at once. */
    public static final Promotion AUTOMATIC = new Promotion(Kind.AUTOMATIC, Duration.ZERO);

    /** Who decides. */
    public enum Kind {
        AUTOMATIC,
        MANUAL,
        TIMED
    }
}
