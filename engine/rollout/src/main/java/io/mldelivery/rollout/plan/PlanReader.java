package io.mldelivery.rollout.plan;

import io.mldelivery.config.ConfigNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads and checks a plan; every complaint names the file, the line and the column. */
final class PlanReader {
    private static final double DEFAULT_FALSE_ALARMS = 0.01;
    private static final long DEFAULT_MINIMUM_REQUESTS = 100;
    private static final int MOST_STEPS = 100;

    private final ConfigNode root;

    PlanReader(ConfigNode root) {
        this.root = root;
    }

    RolloutPlan read() {
        root.rejectUnknownKeys("strategy", "steps", "analysis", "bake", "deadline", "drain", "onInconclusive", "replay", "rate");
        Strategy strategy = root.find("strategy").map(node -> node.choice(Strategy.class)).orElse(Strategy.CANARY);
        return new RolloutPlan(
                strategy,
                steps(strategy),
                analysis(root.get("analysis")),
                root.findDuration("bake").orElse(Duration.ZERO),
                positive("deadline", Duration.ofMinutes(30)),
                root.findDuration("drain").orElse(Duration.ofSeconds(10)),
                root.find("onInconclusive").map(node -> node.choice(OnInconclusive.class)).orElse(OnInconclusive.ROLLBACK),
                root.findText("replay"),
                rate());
    }

    private List<RolloutStep> steps(Strategy strategy) {
        if (strategy == Strategy.BLUE_GREEN && root.find("steps").isEmpty()) {
            return List.of(new RolloutStep(100, Duration.ZERO, 0, false));
        }
        List<ConfigNode> items = root.get("steps").items();
        if (items.isEmpty() || items.size() > MOST_STEPS) {
            throw root.get("steps").wrong("a plan has 1 to " + MOST_STEPS + " steps, this one has " + items.size());
        }
        List<RolloutStep> steps = new ArrayList<>();
        for (ConfigNode item : items) {
            steps.add(step(item));
            checkRises(steps, item);
        }
        checkEnd(strategy, steps, items.get(items.size() - 1));
        return steps;
    }

    private static void checkRises(List<RolloutStep> steps, ConfigNode item) {
        int last = steps.size() - 1;
        if (last > 0 && steps.get(last).weight() <= steps.get(last - 1).weight()) {
            throw item.wrong("weights must rise, but " + steps.get(last).weight() + " follows "
                    + steps.get(last - 1).weight());
        }
    }

    private static void checkEnd(Strategy strategy, List<RolloutStep> steps, ConfigNode item) {
        int weight = steps.get(steps.size() - 1).weight();
        if (weight != 100) {
            throw item.wrong("the last step has weight " + weight + ", so the new version would never get all requests",
                    "Add a last step {weight: 100}.");
        }
        if (strategy == Strategy.BLUE_GREEN && steps.size() > 1) {
            throw item.wrong("blue-green moves all traffic at once, so it has one step, not " + steps.size(),
                    "Leave out the steps before {weight: 100}, or use strategy: canary.");
        }
    }

    private static RolloutStep step(ConfigNode item) {
        item.rejectUnknownKeys("weight", "pause", "requests", "manual");
        long weight = item.get("weight").integer();
        if (weight < 1 || weight > 100) {
            throw item.get("weight").wrong("a weight is a whole number from 1 to 100, got " + weight);
        }
        long requests = item.findInteger("requests").orElse(0);
        if (requests < 0) {
            throw item.get("requests").wrong("cannot be negative, got " + requests);
        }
        return new RolloutStep(
                (int) weight,
                item.findDuration("pause").orElse(Duration.ZERO),
                requests,
                item.findBool("manual").orElse(false));
    }

    private static AnalysisPlan analysis(ConfigNode node) {
        node.rejectUnknownKeys("interval", "falseAlarms", "minimumRequests", "errors", "successRate", "latency");
        var plan = new AnalysisPlan(
                interval(node),
                share(node, "falseAlarms").orElse(DEFAULT_FALSE_ALARMS),
                minimumRequests(node),
                node.findDuration("errors").orElse(Duration.ofSeconds(30)),
                node.find("successRate").map(PlanReader::successRate),
                node.find("latency").map(PlanReader::latency));
        if (plan.successRate().isEmpty() && plan.latency().isEmpty()) {
            throw node.wrong("nothing is measured", "Add successRate: or latency: here.");
        }
        return plan;
    }

    private static Duration interval(ConfigNode node) {
        Duration interval = node.findDuration("interval").orElse(Duration.ofSeconds(1));
        if (interval.toMillis() < 100) {
            throw node.get("interval").wrong("must be at least 100ms, got " + interval.toMillis() + "ms");
        }
        return interval;
    }

    private static long minimumRequests(ConfigNode node) {
        long requests = node.findInteger("minimumRequests").orElse(DEFAULT_MINIMUM_REQUESTS);
        if (requests < 1) {
            throw node.get("minimumRequests").wrong("must be at least 1, for no traffic is no success; got " + requests);
        }
        return requests;
    }

    private static SuccessRateLimit successRate(ConfigNode node) {
        node.rejectUnknownKeys("min", "compare");
        var limit = new SuccessRateLimit(
                share(node, "min"), node.findBool("compare").orElse(true));
        if (limit.min().isEmpty() && !limit.compare()) {
            throw node.wrong("neither a minimum nor a comparison is asked for", "Add min: 0.99 or compare: true.");
        }
        return limit;
    }

    private static LatencyLimit latency(ConfigNode node) {
        node.rejectUnknownKeys("quantile", "max", "ratio");
        var limit = new LatencyLimit(
                share(node, "quantile").orElse(0.99), max(node), ratio(node));
        if (limit.max().isEmpty() && limit.ratio().isEmpty()) {
            throw node.wrong("neither a maximum nor a ratio is given", "Add max: 250ms or ratio: 2.");
        }
        return limit;
    }

    private static Optional<Duration> max(ConfigNode node) {
        Optional<Duration> max = node.findDuration("max");
        if (max.isPresent() && max.get().isZero()) {
            throw node.get("max").wrong("must be more than 0");
        }
        return max;
    }

    private static OptionalDouble ratio(ConfigNode node) {
        OptionalDouble ratio = node.findNumber("ratio");
        if (ratio.isPresent() && !(ratio.getAsDouble() >= 1 && ratio.getAsDouble() <= 1000)) {
            throw node.get("ratio").wrong("must be from 1 to 1000, got " + ratio.getAsDouble());
        }
        return ratio;
    }

    private static OptionalDouble share(ConfigNode node, String key) {
        OptionalDouble value = node.findNumber(key);
        if (value.isPresent() && !(value.getAsDouble() > 0 && value.getAsDouble() < 1)) {
            throw node.get(key).wrong("must lie between 0 and 1, got " + node.get(key).text());
        }
        return value;
    }

    private Duration positive(String key, Duration otherwise) {
        Duration value = root.findDuration(key).orElse(otherwise);
        if (value.isZero()) {
            throw root.get(key).wrong("must be more than 0");
        }
        return value;
    }

    private double rate() {
        double rate = root.findNumber("rate").orElse(20);
        if (!(rate > 0 && rate <= 10_000)) {
            throw root.get("rate").wrong("must be more than 0 and at most 10000 requests a second, got " + rate);
        }
        return rate;
    }
}
