package io.mldelivery.gate.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.gate.policy.Criterion.Change;
import io.mldelivery.gate.policy.Criterion.Claim;
import io.mldelivery.gate.policy.Criterion.Comparison;
import io.mldelivery.gate.policy.Criterion.Threshold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds rules that no model could pass together. */
final class Contradictions {
    private Contradictions() {}

    static void refuse(ConfigNode root, List<Rule> rules) {
        Map<String, Rule> byName = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            ConfigNode node = nodeOf(root, rules.get(i));
            for (Rule earlier : rules.subList(0, i)) {
                refusePair(node, earlier, rules.get(i));
            }
            Rule twin = byName.put(rules.get(i).name(), rules.get(i));
            if (twin != null) {
                throw node.wrong(
                        "two rules are called '" + twin.name() + "' (the other: " + twin.where() + ")",
                        "Give this one a name of its own with 'name:'.");
            }
        }
    }

    private static ConfigNode nodeOf(ConfigNode root, Rule rule) {
        return root.get("rules").items().stream()
                .filter(item -> item.where().equals(rule.where()))
                .findFirst()
                .orElseThrow();
    }

    private static void refusePair(ConfigNode node, Rule earlier, Rule later) {
        if (!earlier.metric().equals(later.metric())
                || !earlier.slice().equals(later.slice())
                || !earlier.origin().equals(later.origin())) {
            return;
        }
        problem(earlier, later).or(() -> problem(later, earlier)).ifPresent(problem -> {
            throw node.wrong(
                    "contradicts the rule at " + earlier.where() + ": " + problem,
                    "Change one of the two, or remove it.");
        });
    }

    private static Optional<String> problem(Rule one, Rule other) {
        Optional<Bounds> first = bounds(one);
        Optional<Bounds> second = bounds(other);
        if (first.isPresent() && second.isPresent() && sameScale(one, other)) {
            return disjoint(first.get(), second.get());
        }
        if (one.criterion() instanceof Comparison a
                && other.criterion() instanceof Comparison b
                && a.claim() == Claim.SUPERIORITY
                && b.claim() == Claim.EQUIVALENCE
                && a.margin() >= b.margin()) {
            return Optional.of("better by " + a.margin() + " is not equivalent within " + b.margin());
        }
        return Optional.empty();
    }

    private static boolean sameScale(Rule one, Rule other) {
        boolean bothChanges = one.criterion() instanceof Change a
                && other.criterion() instanceof Change b
                && a.relative() == b.relative()
                && a.against().equals(b.against());
        return bothChanges || one.criterion() instanceof Threshold && other.criterion() instanceof Threshold;
    }

    private static Optional<Bounds> bounds(Rule rule) {
        if (rule.criterion() instanceof Threshold threshold) {
            return Optional.of(threshold.bounds());
        }
        return rule.criterion() instanceof Change change ? Optional.of(change.bounds()) : Optional.empty();
    }

    private static Optional<String> disjoint(Bounds one, Bounds other) {
        if (one.min().isPresent()
                && other.max().isPresent()
                && one.min().getAsDouble() > other.max().getAsDouble()) {
            return Optional.of("at least " + one.min().getAsDouble() + " and at most "
                    + other.max().getAsDouble());
        }
        return Optional.empty();
    }
}
