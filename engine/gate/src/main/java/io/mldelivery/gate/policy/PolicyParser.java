package io.mldelivery.gate.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.stats.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the YAML of a policy into a {@link GatePolicy}. */
final class PolicyParser {
    private enum FirstVersion {
        ALLOW,
        REFUSE
    }

    private enum Correction {
        HOLM,
        BENJAMINI_HOCHBERG,
        NONE
    }

    private enum Rows {
        SAME,
        DIFFERENT
    }

    private final ConfigNode root;

    PolicyParser(ConfigNode root) {
        this.root = root;
    }

    GatePolicy parse() {
        root.rejectUnknownKeys(
                "rules", "firstVersion", "alpha", "multiplicity", "minRows", "seed", "predictions", "holdout");
        long minimumRows = minimumRows();
        List<Rule> rules = rules(minimumRows);
        Contradictions.refuse(root, rules);
        return new GatePolicy(
                rules,
                firstVersion(),
                alpha(),
                multiplicity(),
                minimumRows,
                root.findInteger("seed").orElse(7),
                root.find("predictions").map(PolicyParser::columns).orElseGet(PredictionColumns::standard),
                root.find("holdout").map(PolicyParser::holdout).orElse(Holdout.USUAL));
    }

    private List<Rule> rules(long minimumRows) {
        ConfigNode list = root.get("rules");
        List<Rule> rules = new ArrayList<>();
        for (ConfigNode item : list.items()) {
            for (Rule rule : new RuleParser(item, minimumRows).parse()) {
                rules.add(item.find("name").isPresent() ? rule : numbered(rule, rules));
            }
        }
        if (rules.isEmpty()) {
            throw list.wrong("there is no rule, so nothing would be checked", "Add at least one rule.");
        }
        return rules;
    }

    /** Rules without a name of their own, otherwise alike, are numbered. */
    private static Rule numbered(Rule rule, List<Rule> earlier) {
        String name = rule.name();
        for (int number = 2; isTaken(name, earlier); number++) {
            name = rule.name() + " (" + number + ")";
        }
        return rule.called(name);
    }

    private static boolean isTaken(String name, List<Rule> rules) {
        return rules.stream().anyMatch(rule -> rule.name().equals(name));
    }

    private boolean firstVersion() {
        return root.find("firstVersion")
                        .map(node -> node.choice(FirstVersion.class))
                        .orElse(FirstVersion.REFUSE)
                == FirstVersion.ALLOW;
    }

    private double alpha() {
        Optional<ConfigNode> node = root.find("alpha");
        double alpha = node.map(ConfigNode::number).orElse(0.05);
        if (!(alpha > 0 && alpha < 0.5)) {
            throw node.orElseThrow().wrong("must be above 0 and below 0.5, got " + alpha, "Usual is 0.05.");
        }
        return alpha;
    }

    private Optional<MultipleTesting> multiplicity() {
        Correction correction = root.find("multiplicity")
                .map(node -> node.choice(Correction.class))
                .orElse(Correction.HOLM);
        return switch (correction) {
            case HOLM -> Optional.of(MultipleTesting.HOLM);
            case BENJAMINI_HOCHBERG -> Optional.of(MultipleTesting.BENJAMINI_HOCHBERG);
            case NONE -> Optional.empty();
        };
    }

    private long minimumRows() {
        long rows = root.findInteger("minRows").orElse(30);
        if (rows < 2) {
            throw root.get("minRows").wrong("must be at least 2, got " + rows, "Usual is 30.");
        }
        return rows;
    }

    private static PredictionColumns columns(ConfigNode node) {
        node.rejectUnknownKeys(
                "id", "y", "score", "prediction", "weight", "positive", "cutoff", "task", "group", "rows", "features");
        PredictionColumns usual = PredictionColumns.standard();
        double cutoff = node.findNumber("cutoff").orElse(usual.cutoff());
        return new PredictionColumns(
                node.findText("id").orElse(usual.id()),
                node.findText("y").orElse(usual.y()),
                node.findText("score").orElse(usual.score()),
                node.findText("prediction").orElse(usual.prediction()),
                node.findText("weight").orElse(usual.weight()),
                node.findText("positive"),
                cutoff,
                node.find("task").map(task -> task.choice(Task.class)),
                node.findText("group").orElse(usual.group()),
                node.find("rows").map(rows -> rows.choice(Rows.class)).orElse(Rows.SAME) == Rows.SAME,
                node.find("features")
                        .map(list -> list.items().stream().map(ConfigNode::text).toList())
                        .orElse(List.of()));
    }

    private static Holdout holdout(ConfigNode node) {
        node.rejectUnknownKeys("uses", "spending");
        long uses = node.findInteger("uses").orElse(Holdout.USUAL.uses());
        if (uses < 1 || uses > 1_000_000) {
            throw node.get("uses")
                    .wrong(
                            "must be at least 1, got " + uses,
                            "Write for how many decisions the evaluation set is to serve, such as 20.");
        }
        return new Holdout(
                (int) uses,
                node.find("spending")
                        .map(value -> value.choice(Holdout.Spending.class))
                        .orElse(Holdout.USUAL.spending()));
    }
}
