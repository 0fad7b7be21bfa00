package io.mldelivery.gate.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.report.GateJUnit;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaivingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Set<String> VERSIONS = Set.of("runs:/abc", "models:/flights/4");

    private static GateResult judge(String rules) {
        var input =
                new GateInput(MetricSet.of("m.json", Map.of("a", 0.5)), new Champion.Absent("none"), Optional.empty());
        return GateEvaluator.evaluate(GatePolicy.parse("gate.yaml", "rules: [" + rules + "]"), input);
    }

    private static Waiver waiver(String rule, String version, Duration from) {
        Instant at = NOW.plus(from);
        return new Waiver(rule, version, "known gap, see ticket 7", "alice", at, at.plus(Duration.ofDays(2)));
    }

    private static GateResult waived(String rules, Waiver... waivers) {
        return Waiving.apply(judge(rules), List.of(waivers), VERSIONS, NOW);
    }

    @Test
    void shouldPassAVersionWhoseOnlyFailureIsWaived() {
        GateResult result = waived(
                "{metric: a, min: 0.9}, {metric: a, min: 0.1, name: low}",
                waiver("a threshold", "runs:/abc", Duration.ZERO));
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
        assertThat(result.reason()).contains("'a threshold' is waived by alice until 2026-11-23T12:00:00Z: known gap");
        assertThat(result.rules().get(0).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(GateJson.of(result).at("/rules/0/waiver/by").asText()).isEqualTo("alice");
        assertThat(GateTable.of(result))
                .anyMatch(line -> line.startsWith("FAIL (waived)"))
                .anyMatch(line -> line.startsWith("FAIL, waived by alice until"));
        assertThat(GateJUnit.of(result, "gate.yaml")).contains("failures=\"0\"").contains("skipped=\"1\"");
    }

    @Test
    void shouldNotWaiveOtherRulesOtherVersionsOrBeyondTheExpiry() {
        String rule = "{metric: a, min: 0.9}";
        assertThat(waived(rule, waiver("b threshold", "runs:/abc", Duration.ZERO))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(waived(rule, waiver("a threshold", "runs:/xyz", Duration.ZERO))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(waived(rule, waiver("a threshold", "runs:/abc", Duration.ofDays(-2)))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(waived(rule, waiver("a threshold", "models:/flights/4", Duration.ofDays(-1)))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldNotWaiveWhatCouldNotBeMeasured() {
        assertThat(waived("{metric: b, min: 0.9}", waiver("b threshold", "runs:/abc", Duration.ZERO))
                        .outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void shouldWaiveWhatIsInconclusiveAndWhatMakesUnstable() {
        assertThat(waived("{metric: a, kind: change, min: 0}", waiver("a change", "runs:/abc", Duration.ZERO))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        String unstable = "{metric: a, min: 0.9, severity: unstable}";
        assertThat(waived(unstable).isUnstable()).isTrue();
        assertThat(waived(unstable, waiver("a threshold", "runs:/abc", Duration.ZERO))
                        .isUnstable())
                .isFalse();
    }

    @Test
    void shouldRefuseWaiversWithoutReasonPersonOrEnd() {
        for (String[] given :
                new String[][] {{"", "v", "r", "p"}, {"a", " ", "r", "p"}, {"a", "v", "", "p"}, {"a", "v", "r", ""}}) {
            assertThatThrownBy(() -> new Waiver(given[0], given[1], given[2], given[3], NOW, NOW.plusSeconds(60)))
                    .isInstanceOf(DeliveryException.class);
        }
        assertThatThrownBy(() -> new Waiver("a", "v", "r", "p", NOW, NOW)).hasMessageContaining("not between");
        assertThatThrownBy(() -> new Waiver("a", "v", "r", "p", NOW, NOW.plus(Duration.ofDays(366))))
                .hasMessageContaining("365 days");
    }

    @Test
    void shouldKeepWaiversOnDisk(@TempDir Path folder) throws IOException {
        WaiverFile file = new WaiverFile(folder.resolve(WaiverFile.NAME));
        assertThat(file.all()).isEmpty();
        Waiver first = waiver("a", "runs:/abc", Duration.ZERO);
        Waiver longer = waiver("a", "runs:/abc", Duration.ofHours(3));
        file.add(first);
        file.add(waiver("b", "runs:/abc", Duration.ZERO));
        file.add(longer);
        assertThat(file.all()).hasSize(2).contains(longer).doesNotContain(first);
        assertThat(file.revoke("a", "runs:/abc")).isTrue();
        assertThat(file.revoke("a", "runs:/abc")).isFalse();
        Files.writeString(folder.resolve(WaiverFile.NAME), "{");
        assertThatThrownBy(file::all).isInstanceOf(DeliveryException.class).hasMessageContaining("damaged");
    }
}
