package io.jenkins.plugins.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateClearanceTest {
    private static final String RUN = "abc";

    @Test
    void shouldClearARunWhoseGatePassedAndKeepWhy() {
        Map<String, String> tags = GateClearance.check(gate(Outcome.PASS), RUN, List.of(verdict(RUN, Outcome.PASS)));

        assertThat(tags)
                .containsEntry("mldelivery.gate_outcome", "PASS")
                .containsEntry("mldelivery.gate_policy", "gate.yaml")
                .containsEntry("mldelivery.gate_reason", "roc_auc 0.7");
    }

    @Test
    void shouldRefuseWithoutAGate() {
        assertThatThrownBy(() -> GateClearance.check(null, RUN, List.of(verdict(RUN, Outcome.PASS))))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no gate was given");
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "PASS")
    void shouldRefuseEveryOutcomeButPass(Outcome outcome) {
        assertThatThrownBy(() -> GateClearance.check(gate(outcome), RUN, List.of(verdict(RUN, outcome))))
                .hasMessageContaining("its gate is " + outcome)
                .hasMessageContaining("roc_auc 0.7");
    }

    @Test
    void shouldRefuseAGateOfAnotherRunOrAnotherBuild() {
        assertThatThrownBy(() -> GateClearance.check(gate(Outcome.PASS), RUN, List.of(verdict("other", Outcome.PASS))))
                .hasMessageContaining("no gate was evaluated on run abc in this build");
        assertThatThrownBy(() -> GateClearance.check(gate(Outcome.PASS), RUN, List.of()))
                .hasMessageContaining("no gate was evaluated on run abc in this build");
    }

    @Test
    void shouldTakeTheLastGateOfTheRunForTrueWhateverTheScriptHandsOver() {
        var events = List.of(verdict(RUN, Outcome.PASS), verdict(RUN, Outcome.FAIL));

        assertThatThrownBy(() -> GateClearance.check(gate(Outcome.PASS), RUN, events))
                .hasMessageContaining("the last gate on run abc in this build is FAIL");
    }

    private static StepOutcome gate(Outcome outcome) {
        return new StepOutcome(outcome, "roc_auc 0.7") {
            private static final long serialVersionUID = 1L;
        };
    }

    private static EvidenceEvent verdict(String run, Outcome outcome) {
        JsonNode data = new ObjectMapper()
                .valueToTree(Map.of(
                        "runId", run, "outcome", outcome.name(), "reason", "roc_auc 0.7", "policy", "gate.yaml"));
        return new EvidenceEvent(1, Instant.EPOCH, "gate.evaluated", data, EvidenceLog.NO_PREDECESSOR);
    }
}
