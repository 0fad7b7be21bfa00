package io.mldelivery.rollout.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What was asked for, unchanged from start to end.
 *
 * @param id names the rollout
 * @param owner who asked, such as a build's name
 * @param planSource name of the plan file, for messages
 * @param plan the plan's text
 * @param replay absolute path of the file of requests; empty: none are sent
 * @param drill a fault that the new version's server injects; empty: none
 * @param group names the group with which it is promoted; empty: it is promoted by itself
 */
public record RolloutOrder(
        String id,
        String owner,
        String target,
        Deployment candidate,
        Optional<Deployment> stable,
        Optional<String> championBefore,
        String planSource,
        String plan,
        Optional<String> replay,
        Optional<String> drill,
        Instant startedAt,
        Optional<String> group) {

    public RolloutOrder {
        group = group == null ? Optional.empty() : group; // journals of older versions have no such field
    }
}
