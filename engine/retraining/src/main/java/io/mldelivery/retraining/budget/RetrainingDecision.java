package io.mldelivery.retraining.budget;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a retraining starts.
 *
 * @param starts true when it does
 * @param reason one sentence with the numbers that decided
 * @param possibleAt when the same event would be let through, if time alone helps
 */
public record RetrainingDecision(boolean starts, String reason, Optional<Instant> possibleAt) {
    static RetrainingDecision start(String reason) {
        return new RetrainingDecision(true, reason, Optional.empty());
    }

    static RetrainingDecision refuse(String reason) {
        return new RetrainingDecision(false, reason, Optional.empty());
    }

    static RetrainingDecision wait(String reason, Instant until) {
        return new RetrainingDecision(false, reason + "; possible again at " + until + ".", Optional.of(until));
    }
}
