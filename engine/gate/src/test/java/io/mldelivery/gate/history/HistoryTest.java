package io.mldelivery.gate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.gate.policy.Against.Builds;
import io.mldelivery.gate.policy.Against.Take;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final List<PastBuild> BUILDS =
            List.of(build(9, 0.83), build(8, 0.80), build(7, 0.82), build(6, 0.5));

    private static PastBuild build(int number, double area) {
        return new PastBuild("flights #" + number, "", Map.of("roc_auc", area, "odd_number", area));
    }

    private static EvidenceEvent event(String type, String json) throws IOException {
        return new EvidenceEvent(1, Instant.EPOCH, type, new ObjectMapper().readTree(json), "");
    }

    @Test
    void shouldReadWhatABuildShowedFromItsEvidence() throws IOException {
        PastBuild build = PastBuild.of(
                        "flights #3",
                        List.of(
                                event(
                                        "training.finished",
                                        "{\"runId\": \"r3\", \"metrics\": {\"roc_auc\": 0.7, \"seconds\": 9}}"),
                                event("gate.evaluated", "{\"outcome\": \"FAIL\", \"rules\": []}"),
                                event(
                                        "gate.evaluated",
                                        "{\"outcome\": \"PASS\", \"runId\": null, \"rules\": [{\"metric\": \"roc_auc\","
                                                + " \"candidate\": 0.71}, {\"metric\": \"roc_auc\", \"slice\": \"x=1\", \"candidate\": 0.2}]}")))
                .orElseThrow();
        assertThat(build.metrics())
                .containsEntry("roc_auc", 0.71)
                .containsEntry("seconds", 9.0)
                .hasSize(2);
        assertThat(build.runId()).isEqualTo("r3");
    }

    @Test
    void shouldTravelAsJson() {
        List<PastBuild> copies = PastBuild.fromJson(PastBuild.toJson(BUILDS));
        assertThat(copies)
                .extracting(PastBuild::name)
                .containsExactly("flights #9", "flights #8", "flights #7", "flights #6");
        assertThat(copies.get(1).metrics()).isEqualTo(BUILDS.get(1).metrics());
    }

    @Test
    void shouldNotCountBuildsWhoseGateDidNotPass() throws IOException {
        assertThat(PastBuild.of("a #1", List.of())).isEmpty();
        assertThat(PastBuild.of("a #1", List.of(event("gate.evaluated", "{\"outcome\": \"FAIL\", \"rules\": []}"))))
                .isEmpty();
    }

    private static double taken(Take take) {
        MetricSet set = Baseline.of(new Builds(3, take), BUILDS).orElseThrow();
        return ((Present) set.get("roc_auc")).value();
    }

    @Test
    void shouldTakeTheNewestBuildsTogether() {
        assertThat(taken(Take.LAST)).isEqualTo(0.83);
        assertThat(taken(Take.MEAN)).isCloseTo(2.45 / 3, within(1e-12));
        assertThat(taken(Take.MEDIAN)).isEqualTo(0.82);
        assertThat(taken(Take.BEST)).isEqualTo(0.83);
        assertThat(Baseline.of(new Builds(3, Take.BEST), BUILDS).orElseThrow().has("odd_number"))
                .isFalse();
        assertThat(Baseline.of(new Builds(3, Take.MEAN), List.of())).isEmpty();
    }

    private static GateResult judge(String against, List<PastBuild> history) {
        var context = new GateContext(
                history,
                name -> new Champion.Present(MetricSet.of(name, Map.of("roc_auc", 0.9))),
                Optional.empty(),
                List.of(),
                Set.of(),
                Optional.empty());
        String policy = "rules: [{metric: roc_auc, kind: change, min: -0.01, against: " + against + "}]";
        return Gate.judge(new GateRequest(
                "gate.yaml",
                policy,
                () -> MetricSet.of("m.json", Map.of("roc_auc", 0.81)),
                () -> new Champion.Absent("no champion was named"),
                Optional.empty(),
                Path.of(""),
                context));
    }

    @Test
    void shouldCompareWithEarlierBuildsAndWithNamedModels() {
        GateResult mean = judge("{builds: 3}", BUILDS);
        assertThat(mean.outcome()).as(mean.reason()).isEqualTo(Outcome.PASS);
        assertThat(mean.rules().get(0).reason()).contains("the mean of the 3 builds flights #7 to flights #9");
        assertThat(judge("{builds: 3, take: best}", BUILDS).outcome()).isEqualTo(Outcome.FAIL);
        GateResult named = judge("'models:/flights/3'", BUILDS);
        assertThat(named.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(named.reason()).contains("models:/flights/3, which is 0.9");
        assertThat(judge("{builds: 3}", List.of()).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
