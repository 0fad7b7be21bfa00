package io.mldelivery.gate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.judge.RuleResult;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.measure.Plots;
import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.Criterion;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.TestResult;
import java.util.Locale;
import java.util.OptionalDouble;

/** A gate's result in the JSON of {@code mldelivery gate --json} and of the event {@code gate.evaluated}. */
public final class GateJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GateJson() {}

    /** The whole result. Numbers that do not exist or are not finite are null. */
    public static ObjectNode of(GateResult result) {
        ObjectNode root = verdict(result.outcome(), result.reason());
        result.rules().forEach(rule -> root.withArray("/rules").add(of(rule)));
        root.put("unstable", result.isUnstable());
        root.put("alpha", result.alpha());
        ObjectNode multiplicity = root.putObject("multiplicity");
        multiplicity.put("method", result.correction().map(GateJson::word).orElse("none"));
        multiplicity.put("decisions", result.tests());
        result.rows().ifPresent(rows -> root.put("rows", rows));
        result.allowance().ifPresent(allowance -> root.set("holdout", of(allowance)));
        result.plots().ifPresent(plots -> root.set("curves", of(plots)));
        return root;
    }

    /** A result without rules, for a gate that could not even start. */
    public static ObjectNode error(String reason) {
        return verdict(Outcome.ERROR, reason);
    }

    private static ObjectNode verdict(Outcome outcome, String reason) {
        ObjectNode root = NODES.objectNode();
        root.put("outcome", outcome.name());
        root.put("reason", reason);
        root.putArray("rules");
        return root;
    }

    /** What reports show of a waiver, without its rule and version. */
    public static ObjectNode of(Waiver waiver) {
        return NODES.objectNode()
                .put("reason", waiver.reason())
                .put("by", waiver.by())
                .put("at", waiver.at().toString())
                .put("until", waiver.until().toString());
    }

    private static ObjectNode of(Allowance allowance) {
        return NODES.objectNode()
                .put("set", allowance.set())
                .put("use", allowance.use())
                .put("planned", allowance.planned())
                .put("decision", allowance.decision())
                .put("alpha", allowance.alpha())
                .put("nominal", allowance.nominal())
                .put("spent", allowance.isSpent())
                .put("repeated", allowance.repeated())
                .put("sentence", allowance.sentence());
    }

    private static ObjectNode of(Plots plots) {
        ObjectNode node = NODES.objectNode();
        node.set("candidate", of(plots.candidate()));
        node.set("champion", plots.champion().map(GateJson::of).orElse(null));
        return node;
    }

    private static ObjectNode of(Plots.OfModel model) {
        ObjectNode node = NODES.objectNode();
        ArrayNode roc = node.putArray("roc");
        model.roc().forEach(p -> roc.addArray().add(rounded(p.x())).add(rounded(p.y())));
        ArrayNode recall = node.putArray("precisionRecall");
        model.precisionRecall()
                .forEach(p -> recall.addArray().add(rounded(p.x())).add(rounded(p.y())));
        ArrayNode bins = node.putArray("reliability");
        model.reliability()
                .forEach(b -> bins.addArray()
                        .add(rounded(b.score()))
                        .add(rounded(b.positives()))
                        .add(rounded(b.rows())));
        return node;
    }

    private static double rounded(double share) {
        return Math.rint(share * 1e4) / 1e4;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ObjectNode of(RuleResult result) {
        ObjectNode node = NODES.objectNode();
        node.put("name", result.rule().name());
        node.put("metric", result.rule().metric());
        node.put("kind", result.rule().kind());
        node.put("severity", word(result.rule().severity()));
        result.slice().ifPresent(slice -> node.put("slice", slice));
        put(node, "candidate", result.candidate());
        put(node, "champion", result.champion());
        put(node, "difference", result.difference());
        node.set("interval", result.interval().map(GateJson::of).orElse(null));
        node.set("test", result.test().map(GateJson::of).orElse(null));
        result.decisionPValue().ifPresent(p -> node.put("decisionPValue", p));
        limit(node, result);
        node.put("outcome", result.outcome().name());
        node.put("reason", result.reason());
        result.rowsNeeded().ifPresent(rows -> node.put("rowsNeeded", rows));
        result.waiver().ifPresent(waiver -> node.set("waiver", of(waiver)));
        return node;
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            node.put(name, value.getAsDouble());
        } else {
            node.putNull(name);
        }
    }

    private static ObjectNode of(Interval interval) {
        ObjectNode node = NODES.objectNode();
        node.put("level", interval.level());
        put(node, "low", OptionalDouble.of(interval.low()));
        put(node, "high", OptionalDouble.of(interval.high()));
        return node;
    }

    private static ObjectNode of(TestResult test) {
        ObjectNode node = NODES.objectNode();
        node.put("name", test.name());
        put(node, "statistic", OptionalDouble.of(test.statistic()));
        put(node, "pValue", OptionalDouble.of(test.pValue()));
        return node.put("assumes", Assumptions.of(test.name()));
    }

    /** One limit is a number, two are an object with min and max; comparisons carry their margin beside it. */
    private static void limit(ObjectNode node, RuleResult result) {
        if (result.limits().isEmpty()) {
            node.putNull("limit");
            return;
        }
        Bounds bounds = result.limits().get();
        if (bounds.min().isPresent() && bounds.max().isPresent()) {
            ObjectNode both = node.putObject("limit");
            both.put("min", bounds.min().getAsDouble());
            both.put("max", bounds.max().getAsDouble());
        } else {
            node.put("limit", bounds.min().orElseGet(() -> bounds.max().getAsDouble()));
        }
        if (result.rule().criterion() instanceof Criterion.Comparison comparison) {
            node.put("margin", comparison.margin());
        }
    }
}
