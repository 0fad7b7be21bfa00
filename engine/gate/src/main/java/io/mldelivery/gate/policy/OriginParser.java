package io.mldelivery.gate.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.gate.policy.Origin.Check;
import io.mldelivery.gate.policy.Origin.Holds;
import io.mldelivery.gate.policy.Origin.How;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what a rule says about files of its own. */
final class OriginParser {
    private static final int MOST_OUTPUTS = 100_000;

    private final ConfigNode node;

    OriginParser(ConfigNode node) {
        this.node = node;
    }

    private static List<String> texts(ConfigNode list) {
        return list.items().stream().map(ConfigNode::text).toList();
    }

    private List<String> columns() {
        return node.find("columns").map(OriginParser::texts).orElse(List.of());
    }

    Origin overlap() {
        return new Origin.Overlap(node.get("train").text(), columns());
    }

    Origin behaviour() {
        OptionalLong output = node.findInteger("output");
        if (output.isPresent() && (output.getAsLong() < 0 || output.getAsLong() > MOST_OUTPUTS)) {
            throw node.get("output")
                    .wrong(
                            "must be from 0 to " + MOST_OUTPUTS + ", got " + output.getAsLong(),
                            "The first output is 0.");
        }
        return new Origin.Behaviour(
                node.get("cases").text(),
                output.isPresent() ? OptionalInt.of((int) output.getAsLong()) : OptionalInt.empty());
    }

    Origin.Data data() {
        Check check = node.get("check").choice(Check.class);
        Optional<String> column = node.findText("column");
        boolean ofFile = check == Check.ROWS || check == Check.SCHEMA;
        if (column.isEmpty() != ofFile) {
            throw node.wrong(
                    ofFile ? "this check is of the whole file, not of a column" : "the check needs a column",
                    column.isEmpty() ? "Add 'column:'." : "Remove 'column:'.");
        }
        if (node.find("schema").isPresent() != (check == Check.SCHEMA)) {
            throw node.wrong(
                    "'check: schema' and 'schema:' belong together",
                    "Write check: schema, schema: {distance: number, carrier: text}.");
        }
        return new Origin.Data(node.get("file").text(), column, check, schema());
    }

    private Map<String, Holds> schema() {
        Map<String, Holds> schema = new LinkedHashMap<>();
        node.find("schema")
                .ifPresent(map ->
                        map.keys().forEach(key -> schema.put(key, map.get(key).choice(Holds.class))));
        return schema;
    }

    Origin disturbed() {
        Optional<ConfigNode> disturb = node.find("disturb");
        if (disturb.isPresent() == node.find("predictions").isPresent()) {
            throw node.wrong(
                    "robustness needs either 'predictions' or 'disturb'",
                    "Name the disturbed predictions, or say how to disturb: noise, missing, permute.");
        }
        return disturb.isEmpty()
                ? new Origin.Disturbed(node.get("predictions").text())
                : disturbance(disturb.get().choice(How.class));
    }

    private Origin disturbance(How how) {
        double amount = node.findNumber("amount").orElse(0.1);
        boolean usable = amount > 0 && (how == How.MISSING ? amount <= 1 : Double.isFinite(amount));
        if (!usable) {
            throw node.get("amount")
                    .wrong(
                            "must be above 0" + (how == How.MISSING ? " and at most 1" : "") + ", got " + amount,
                            "Usual is 0.1.");
        }
        return new Origin.Disturbance(how, amount, columns());
    }
}
