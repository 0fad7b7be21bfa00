package io.jenkins.plugins.mldelivery.request;

import java.time.Instant;
import java.util.Optional;

/**
 * A build's request to train a model anew because its data drifted.
 *
 * @param trigger the name of the trigger that says which job, as whom and how often
 * @param model the registered model's name; empty when the build does not know it
 * @param reason one line: what drifted
 * @param healthySince when the same check last found nothing; empty when it never did
 * @param buildStarted when the build began that asks
 */
public record RetrainingRequest(
        String trigger, Optional<String> model, String reason, Optional<Instant> healthySince, Instant buildStarted) {}
