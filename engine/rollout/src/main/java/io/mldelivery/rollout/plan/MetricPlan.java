package io.mldelivery.rollout.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * One metric of the user's own, with its source and its rule: conditions on each value, or a comparison of the values of both
 * versions.
 *
 * @param interval time between two measurements
 * @param success when a value is good; empty: whenever it is not bad
 * @param failure when a value is bad; empty: whenever it is not good. A value that is neither is inconclusive
 * @param failureLimit how many bad values are forgiven
 * @param consecutiveErrors how many failures to measure in a row are forgiven
 * @param count how many good values it takes to pass
 * @param worse with the values of the old version as measure, which direction is worse; empty: not compared
 * @param dryRun measured and told, but without a say
 */
public record MetricPlan(
        String name,
        Source source,
        Duration interval,
        Optional<Condition> success,
        Optional<Condition> failure,
        long failureLimit,
        long consecutiveErrors,
        long count,
        Optional<Direction> worse,
        boolean dryRun) {

    /** Which values are worse. */
    public enum Direction {
        HIGHER,
        LOWER
    }

    /** Where the values come from. In its texts, {@code ${model}}, {@code ${version}} and {@code ${key}} are replaced. */
    public sealed interface Source permits Query, Json {}

    /** An instant query to Prometheus that must return one number; a range is asked for with {@code rate(…[1m])} and alike. */
    public record Query(String query) implements Source {}

    /**
     * A number in a JSON document.
     *
     * @param pointer where it stands, as in RFC 6901
     * @param tokenVariable the environment variable that holds the bearer token; empty: none is sent
     */
    public record Json(String url, String pointer, Optional<String> tokenVariable) implements Source {}
}
