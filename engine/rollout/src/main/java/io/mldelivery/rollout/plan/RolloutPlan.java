package io.mldelivery.rollout.plan;

import io.mldelivery.config.ConfigNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A rollout's plan file.
 *
 * @param steps weights in rising order, the last is 100
 * @param bake how long the new version is watched at 100 % before the old one is stopped
 * @param deadline the longest time from start to promotion; what is not promoted then is rolled back
 * @param drain how long a version that gets no more requests may take to answer those it has
 * @param replay file of requests, one JSON body a line, that the load generator sends; empty: traffic comes from elsewhere
 * @param rate requests a second that the load generator sends
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
        double rate) {

    public RolloutPlan {
        steps = List.copyOf(steps);
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
        Duration pause = steps.stream().map(RolloutStep::pause).max(Duration::compareTo).orElse(Duration.ZERO);
        long requests = steps.stream().mapToLong(RolloutStep::requests).max().orElse(0);
        return withSteps(List.of(new RolloutStep(100, pause, requests, false)));
    }

    private RolloutPlan withSteps(List<RolloutStep> others) {
        return new RolloutPlan(
                strategy, others, analysis, bake, deadline, drain, onInconclusive, replay, rate);
    }

    /** The plan with another file of requests. */
    public RolloutPlan withReplay(String file) {
        return new RolloutPlan(
                strategy, steps, analysis, bake, deadline, drain, onInconclusive, Optional.of(file), rate);
    }
}
