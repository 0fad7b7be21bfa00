package io.mldelivery.drift.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.finding.Segment;
import io.mldelivery.drift.verdict.RunMonitor;

/** What was found besides single columns, as JSON. Lists that were not asked for are absent. */
final class FindingsJson {
    private FindingsJson() {}

    static void add(ObjectNode root, Findings findings) {
        if (!findings.performance().isEmpty()) {
            ArrayNode list = root.putArray("performance");
            findings.performance().forEach(found -> list.add(performance(found)));
        }
        if (!findings.joint().isEmpty()) {
            ArrayNode list = root.putArray("joint");
            findings.joint().forEach(found -> list.add(joint(found)));
        }
        if (!findings.segments().isEmpty()) {
            ArrayNode list = root.putArray("segments");
            findings.segments().forEach(found -> list.add(segment(found)));
        }
    }

    static ObjectNode monitoring(RunMonitor monitor) {
        return object().put("statistic", monitor.statistic())
                .put("limit", monitor.limit())
                .put("checks", monitor.checks())
                .put("pValue", monitor.pValue())
                .put("alarm", monitor.isAlarm());
    }

    private static ObjectNode performance(PerformanceFinding found) {
        ObjectNode node = object().put("kind", found.kind())
                .put("metric", found.metric())
                .put("reference", found.reference())
                .put("current", found.current());
        node.putObject("interval").put("level", 0.95).put("low", found.low()).put("high", found.high());
        node.put("rows", found.rows());
        found.pValue().ifPresent(p -> node.put("pValue", p));
        return node.put("worse", found.worse()).put("detail", found.detail());
    }

    private static ObjectNode joint(JointFinding found) {
        ObjectNode node = object().put("analysis", found.analysis())
                .put("subject", found.subject())
                .put("value", found.value())
                .put("threshold", found.threshold());
        found.pValue().ifPresent(p -> node.put("pValue", p));
        node.put("drifted", found.drifted()).put("detail", found.detail());
        ArrayNode causes = node.putArray("causes");
        found.causes()
                .forEach(cause ->
                        causes.add(object().put("column", cause.column()).put("share", cause.share())));
        return node;
    }

    private static ObjectNode segment(Segment found) {
        return object().put("column", found.column())
                .put("segment", found.member())
                .put("inside", found.inside())
                .put("outside", found.outside())
                .put("rows", found.rows())
                .put("pValue", found.pValue());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
