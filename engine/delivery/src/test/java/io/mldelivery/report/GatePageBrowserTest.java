package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.evidence.EvidenceLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of a gate with slices, curves, waivers and a used evaluation set. */
class GatePageBrowserTest {
    @TempDir
    private Path folder;

    private static Map<String, Object> rule(String name, String slice, double value, String outcome) {
        return Map.of(
                "name",
                name,
                "metric",
                "accuracy",
                "kind",
                "threshold",
                "slice",
                slice,
                "candidate",
                value,
                "limit",
                0.6,
                "outcome",
                outcome,
                "reason",
                "accuracy is " + value);
    }

    private static Map<String, Object> model(double height) {
        return Map.of(
                "roc",
                List.of(List.of(0, 0), List.of(0.2, height), List.of(1, 1)),
                "precisionRecall",
                List.of(List.of(0, 1), List.of(1, 0.4)),
                "reliability",
                List.of(List.of(0.1, 0.15, 0.5), List.of(0.9, 0.8, 0.5)));
    }

    private String page(Map<String, Object> gate) throws Exception {
        EvidenceLog log = EvidenceLog.at(folder.resolve("evidence.jsonl"));
        log.append("build.started", Map.of("job", "flights", "number", 1));
        log.append("gate.evaluated", gate);
        Path page = folder.resolve("page.html");
        Files.writeString(page, ReportPage.html(BuildReport.of(log)));
        return Browser.in(folder).dom(page.toUri().toString());
    }

    @Test
    void shouldDrawCurvesAndSlicesAndTellOfWaivers() throws Exception {
        Map<String, Object> waived = Map.of(
                "name",
                "recall threshold",
                "metric",
                "recall",
                "kind",
                "threshold",
                "candidate",
                0.4,
                "limit",
                0.5,
                "outcome",
                "FAIL",
                "reason",
                "recall is 0.4",
                "test",
                Map.of("name", "delta", "assumes", "Rows are independent."),
                "waiver",
                Map.of(
                        "by",
                        "alice",
                        "reason",
                        "<b>known</b> gap",
                        "at",
                        "2026-11-21T10:00:00Z",
                        "until",
                        "2026-11-28T00:00:00Z"));
        String dom = page(Map.of(
                "outcome",
                "PASS",
                "reason",
                "2 of 3 rules pass.",
                "rules",
                List.of(
                        rule("accuracy threshold", "carrier=AA", 0.71, "PASS"),
                        rule("accuracy threshold", "carrier=B6", 0.51, "FAIL"),
                        waived),
                "alpha",
                0.0139,
                "multiplicity",
                Map.of("method", "holm", "decisions", 4),
                "holdout",
                Map.of("sentence", "Decision 3 of 20 by the evaluation set ab12.", "spent", false),
                "curves",
                Map.of("candidate", model(0.8), "champion", model(0.7))));

        assertThat(dom)
                .contains("aria-label=\"Rules by slice\"", "<th scope=\"row\">carrier=B6</th>")
                .contains("class=\"mld-heat mld-fail\"", "class=\"mld-heat mld-pass\"")
                .contains("ROC curve", "Precision by recall", "Reliability: share of positives by score")
                .contains("champion: 3 points, candidate: 3 points")
                .contains("0.0139 two-sided, corrected (holm) over 4 decisions", "by delta: Rows are independent.")
                .contains("Decision 3 of 20 by the evaluation set ab12.")
                .contains("<strong>recall threshold</strong> is waived by alice until", "&lt;b&gt;known&lt;/b&gt; gap");
    }

    @Test
    void shouldShowNothingOfWhatIsNotThere() throws Exception {
        String dom = page(Map.of(
                "outcome",
                "PASS",
                "reason",
                "All 1 rules pass.",
                "curves",
                "none",
                "holdout",
                7,
                "rules",
                List.of(Map.of("metric", "roc_auc", "kind", "threshold", "candidate", 0.7, "outcome", "PASS"))));

        assertThat(dom).contains("id=\"gate\"").doesNotContain("aria-label=\"Rules by slice\"", "<strong>ROC curve");
    }
}
