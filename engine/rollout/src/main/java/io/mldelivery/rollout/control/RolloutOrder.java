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
        Instant startedAt) {}
