package io.mldelivery.rollout.plan;

import io.mldelivery.config.ConfigNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a plan's steps, or makes them from {@code ramp} or {@code batches}. */
final class StepsReader {
    private static final int MOST_STEPS = 100;
    /** What a step counts as where the users' requests, not a weight, decide who gets the new version. */
    private static final int BY_MATCH = 50;

    private final ConfigNode root;
    private final Strategy strategy;
    private final boolean byMatch;

    StepsReader(ConfigNode root, Strategy strategy, Optional<Assignment> assignment) {
        this.root = root;
        this.strategy = strategy;
        this.byMatch =
                assignment.filter(one -> one.kind() != Assignment.Kind.HASH).isPresent();
    }

    List<RolloutStep> read() {
        belongs("ramp", Strategy.CANARY);
        belongs("batches", Strategy.ROLLING);
        if (root.find("ramp").isPresent()) {
            return ramp(root.get("ramp"));
        }
        if (strategy == Strategy.ROLLING && root.find("steps").isEmpty()) {
            return batches(root.find("batches"));
        }
        if (strategy == Strategy.BLUE_GREEN && root.find("steps").isEmpty()) {
            return List.of(new RolloutStep(100, Duration.ZERO, 0, false));
        }
        return steps(root.get("steps"));
    }

    private void belongs(String key, Strategy only) {
        Optional<ConfigNode> node = root.find(key);
        if (node.isPresent() && strategy != only) {
            throw node.get().wrong("belongs to strategy " + only.name().toLowerCase(java.util.Locale.ROOT));
        }
        if (node.isPresent() && root.find("steps").isPresent()) {
            throw node.get().wrong("takes the place of steps", "Leave out one of them.");
        }
    }

    /** From a small weight upwards, each step so many times the one before. */
    private static List<RolloutStep> ramp(ConfigNode node) {
        node.rejectUnknownKeys("from", "factor", "pause", "requests");
        long from = node.findInteger("from").orElse(1);
        double factor = node.findNumber("factor").orElse(2);
        if (from < 1 || from > 99) {
            throw node.get("from").wrong("must be from 1 to 99, got " + from);
        }
        if (!(factor >= 1.05 && factor <= 100)) {
            throw node.get("factor").wrong("must be from 1.05 to 100, got " + factor);
        }
        List<RolloutStep> steps = new ArrayList<>();
        for (long weight = from; weight < 100; weight = Math.max(weight + 1, Math.round(weight * factor))) {
            steps.add(step(node, (int) weight));
        }
        steps.add(step(node, 100));
        return steps;
    }

    private static List<RolloutStep> batches(Optional<ConfigNode> node) {
        node.ifPresent(map -> map.rejectUnknownKeys("count", "pause", "requests"));
        long count =
                node.flatMap(map -> map.find("count")).map(ConfigNode::integer).orElse(4L);
        if (count < 2 || count > 50) {
            throw node.orElseThrow().get("count").wrong("must be from 2 to 50, got " + count);
        }
        List<RolloutStep> steps = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int weight = (int) Math.round(100.0 * i / count);
            steps.add(node.map(map -> step(map, weight))
                    .orElseGet(() -> new RolloutStep(weight, Duration.ZERO, 0, false)));
        }
        return steps;
    }

    private List<RolloutStep> steps(ConfigNode list) {
        List<ConfigNode> items = list.items();
        if (items.isEmpty() || items.size() > MOST_STEPS) {
            throw list.wrong("a plan has 1 to " + MOST_STEPS + " steps, this one has " + items.size());
        }
        List<RolloutStep> steps = new ArrayList<>();
        for (ConfigNode item : items) {
            item.rejectUnknownKeys("weight", "pause", "requests", "manual");
            steps.add(step(item, byMatch ? unweighted(item) : weight(item.get("weight"))));
            checkRises(steps, item);
        }
        checkEnd(steps, items.get(items.size() - 1));
        return steps;
    }

    private static int unweighted(ConfigNode item) {
        item.find("weight").ifPresent(weight -> {
            throw weight.wrong(
                    "the users' requests decide who gets the new version, not a weight", "Leave weight out.");
        });
        return BY_MATCH;
    }

    private static int weight(ConfigNode node) {
        long weight = node.integer();
        if (weight < 1 || weight > 100) {
            throw node.wrong("a weight is a whole number from 1 to 100, got " + weight);
        }
        return (int) weight;
    }

    private void checkRises(List<RolloutStep> steps, ConfigNode item) {
        int last = steps.size() - 1;
        if (byMatch && last > 0) {
            throw item.wrong("one step is enough where the users' requests decide");
        }
        if (last > 0 && steps.get(last).weight() <= steps.get(last - 1).weight()) {
            throw item.wrong("weights must rise, but " + steps.get(last).weight() + " follows "
                    + steps.get(last - 1).weight());
        }
    }

    private void checkEnd(List<RolloutStep> steps, ConfigNode item) {
        int weight = steps.get(steps.size() - 1).weight();
        if (strategy == Strategy.AB && weight == 100) {
            throw item.wrong(
                    "in an A/B rollout both versions have users until one is promoted", "Write a weight below 100.");
        }
        if (strategy != Strategy.AB && strategy != Strategy.SHADOW && weight != 100) {
            throw item.wrong(
                    "the last step has weight " + weight + ", so the new version would never get all requests",
                    "Add a last step {weight: 100}.");
        }
        if (strategy == Strategy.BLUE_GREEN && steps.size() > 1) {
            throw item.wrong(
                    "blue-green moves all traffic at once, so it has one step, not " + steps.size(),
                    "Leave out the steps before {weight: 100}, or use strategy: canary.");
        }
    }

    private static RolloutStep step(ConfigNode item, int weight) {
        long requests = item.findInteger("requests").orElse(0);
        if (requests < 0) {
            throw item.get("requests").wrong("cannot be negative, got " + requests);
        }
        return new RolloutStep(
                weight,
                item.findDuration("pause").orElse(Duration.ZERO),
                requests,
                item.findBool("manual").orElse(false));
    }
}
