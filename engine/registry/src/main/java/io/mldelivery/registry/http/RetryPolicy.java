package io.mldelivery.registry.http;

import java.time.Duration;

/**
 * How often and how patiently a request is repeated; the pause doubles from one attempt to the next.
 *
 * @param attempts at least 1
 */
public record RetryPolicy(int attempts, Duration firstPause) {
    /** Four attempts within about two seconds: enough for a restarted proxy, short enough for a person to wait. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(300));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts " + attempts + " is below 1");
        }
    }

    Duration pauseAfter(int attempt) {
        return firstPause.multipliedBy(1L << Math.min(attempt - 1, 10));
    }
}
