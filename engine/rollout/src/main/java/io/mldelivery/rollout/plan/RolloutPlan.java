package io.mldelivery.rollout.plan;

import io.mldelivery.config.ConfigNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rollout's plan file.
 *
 * @param steps weights in rising order; the last is 100, except where the strategy never gives the new version all traffic
 *     before promotion
 * @param bake how long the new version is watched at 100 % before the old one is stopped
 * @param deadline the longest time from start to promotion; what is not promoted then is rolled back
 * @param drain how long a version that gets no more requests may take to answer those it has
 * @param replay file of requests, one JSON body a line, that the load generator sends; empty: traffic comes from elsewhere
 * @param rate requests a second that the load generator sends
 * @param assignment who gets the new version, for {@link Strategy#AB}
 */
public record RolloutPlan(
        Strategy strategy,
        List<RolloutStep> steps,
        AnalysisPlan analysis,
        Duration bake,
        Duration deadline,
        Duration drain,
        OnInconclusive onInconclusive,
        Optional<String> replay,
        double rate,
        Optional<Assignment> assignment,
        Promotion promotion,
        List<FreezeWindow> freeze,
        List<Notification> notifications) {

    public RolloutPlan {
        steps = List.copyOf(steps);
        freeze = List.copyOf(freeze);
        notifications = List.copyOf(notifications);
    }

    /**
     * Reads a plan from YAML.
     *
     * @param source the file's name for messages
     */
    public static RolloutPlan parse(String source, String yaml) {
        return new PlanReader(ConfigNode.parse(source, yaml)).read();
    }

    /**
     * The plan for a target that serves no version yet: there is nothing to share requests with, so the new version gets
     * all of them in one step that lasts as long as the longest step of this plan.
     */
    public RolloutPlan firstVersion() {
        Duration pause =
                steps.stream().map(RolloutStep::pause).max(Duration::compareTo).orElse(Duration.ZERO);
        long requests = steps.stream().mapToLong(RolloutStep::requests).max().orElse(0);
        return new RolloutPlan(
                Strategy.CANARY,
                List.of(new RolloutStep(100, pause, requests, false)),
                analysis,
                bake,
                deadline,
                drain,
                onInconclusive,
                replay,
                rate,
                Optional.empty(),
                promotion,
                freeze,
                notifications);
    }

    /** When the freeze that holds now ends; empty when there is none. */
    public Optional<Instant> frozenUntil(Instant now) {
        return freeze.stream()
                .map(window -> window.openUntil(now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }
}
