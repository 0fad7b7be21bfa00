package io.mldelivery.drift.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Plot;
import io.mldelivery.drift.measure.SchemaFinding;
import io.mldelivery.drift.measure.Statistics;
import io.mldelivery.drift.statistics.TestResult;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The result as JSON; docs/reference/driftCheck.md describes the document. Numbers that do not exist are left out. */
public final class DriftJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DriftJson() {}

    /** The document that {@code mldelivery drift --json} prints. */
    public static ObjectNode of(DriftVerdict verdict) {
        ObjectNode root = NODES.objectNode();
        root.put("outcome", verdict.outcome().name());
        root.put("reason", verdict.reason());
        root.putObject("rows")
                .put("reference", verdict.measured().referenceRows())
                .put("current", verdict.measured().currentRows());
        root.put("sampled", verdict.measured().sampled());
        ArrayNode columns = root.putArray("columns");
        verdict.columns().forEach(column -> columns.add(column(column, verdict.role(column.name()))));
        ArrayNode schema = root.putArray("schema");
        verdict.measured().schema().forEach(finding -> schema.add(schema(finding)));
        FindingsJson.add(root, verdict.findings());
        verdict.monitoring().ifPresent(monitor -> root.set("monitoring", FindingsJson.monitoring(monitor)));
        List<String> notes = Stream.concat(verdict.measured().notes().stream(), verdict.findings().notes().stream())
                .toList();
        if (!notes.isEmpty()) {
            ArrayNode list = root.putArray("notes");
            notes.forEach(list::add);
        }
        return root;
    }

    /** The same document when nothing could be measured. */
    public static ObjectNode error(String reason) {
        ObjectNode root = NODES.objectNode();
        root.put("outcome", Outcome.ERROR.name());
        root.put("reason", reason);
        root.putArray("columns");
        return root;
    }

    /** The data of the evidence event {@code drift.checked}: the document, what was compared, plots of what drifted. */
    public static ObjectNode evidence(DriftVerdict verdict, String reference, String current, String policy) {
        ObjectNode root = of(verdict);
        root.put("reference", reference);
        root.put("current", current);
        root.put("policy", policy);
        for (int i = 0; i < verdict.columns().size(); i++) {
            ColumnVerdict column = verdict.columns().get(i);
            ObjectNode node = (ObjectNode) root.withArray("columns").get(i);
            column.measurement()
                    .plot()
                    .filter(plot -> column.drifted())
                    .ifPresent(plot -> node.set("plot", plot(plot)));
        }
        return root;
    }

    private static ObjectNode column(ColumnVerdict verdict, Optional<String> role) {
        ColumnMeasurement column = verdict.measurement();
        ObjectNode node = NODES.objectNode();
        node.put("name", column.name());
        node.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
        role.ifPresent(known -> node.put("role", known));
        node.put("drifted", verdict.drifted());
        node.put("method", verdict.rule().method().toString());
        put(node, "value", verdict.value());
        put(
                node,
                "threshold",
                verdict.outcome().isPresent() ? OptionalDouble.of(verdict.rule().threshold()) : OptionalDouble.empty());
        put(node, "adjustedPValue", verdict.adjusted());
        verdict.outcome().ifPresent(outcome -> node.put("outcome", outcome.name()));
        node.put("reason", verdict.reason());
        put(
                node,
                "severity",
                verdict.value().isPresent() && verdict.outcome().isPresent()
                        ? OptionalDouble.of(verdict.severity())
                        : OptionalDouble.empty());
        put(node, "importance", verdict.importance());
        put(node, "lossImpact", verdict.impact());
        column.novelty().ifPresent(novelty -> node.put("unseen", novelty.share()));
        node.putObject("nulls")
                .put("reference", column.reference().nulls())
                .put("current", column.current().nulls());
        if (column.reference().infinite() + column.current().infinite() > 0) {
            node.putObject("infinite")
                    .put("reference", column.reference().infinite())
                    .put("current", column.current().infinite());
        }
        if (!verdict.violations().isEmpty()) {
            ArrayNode violations = node.putArray("violations");
            verdict.violations().forEach(violations::add);
        }
        ObjectNode statistics = node.putObject("statistics");
        column.statistics().ifPresent(all -> statistics(statistics, all));
        return node;
    }

    private static void statistics(ObjectNode node, Statistics all) {
        all.ks().ifPresent(test -> {
            node.set("ks", test(test));
            put(node.withObject("/ks"), "error", all.ksError());
        });
        put(node, "wasserstein", all.wasserstein());
        put(node, "wassersteinNormed", all.wassersteinNormed());
        put(node, "psi", all.psi());
        put(node, "jensenShannon", all.jensenShannon());
        put(node, "totalVariation", all.totalVariation());
        all.chiSquare()
                .ifPresent(test -> node.putObject("chiSquare")
                        .put("statistic", test.statistic())
                        .put("pValue", test.pValue())
                        .put("degreesOfFreedom", test.degreesOfFreedom()));
    }

    private static ObjectNode test(TestResult test) {
        return NODES.objectNode().put("statistic", test.statistic()).put("pValue", test.pValue());
    }

    private static void put(ObjectNode node, String key, OptionalDouble value) {
        value.ifPresent(number -> {
            if (!Double.isNaN(number) && !Double.isInfinite(number)) {
                node.put(key, number);
            }
        });
    }

    private static ObjectNode schema(SchemaFinding finding) {
        return NODES.objectNode()
                .put("column", finding.column())
                .put("change", finding.change().name().toLowerCase(Locale.ROOT))
                .put("description", finding.description());
    }

    private static ObjectNode plot(Plot plot) {
        ObjectNode node = NODES.objectNode();
        if (plot.edges().isEmpty()) {
            ArrayNode categories = node.putArray("categories");
            plot.categories().forEach(categories::add);
        } else {
            ArrayNode edges = node.putArray("edges");
            plot.edges().forEach(edges::add);
        }
        ArrayNode reference = node.putArray("reference");
        plot.reference().forEach(reference::add);
        ArrayNode current = node.putArray("current");
        plot.current().forEach(current::add);
        return node;
    }
}
