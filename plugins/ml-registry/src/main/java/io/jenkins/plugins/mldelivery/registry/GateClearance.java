package io.jenkins.plugins.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a run's model may be registered: the gate that the Pipeline hands over passed, and this build's
 * evidence says that a gate passed on this very run. The evidence decides, because a script can hand over anything.
 */
final class GateClearance {
    private static final String EVENT = "gate.evaluated";

    private GateClearance() {}

    /** Returns what to keep of the gate with the version; fails with the reason when the model may not be registered. */
    static Map<String, String> check(StepOutcome gate, String runId, List<EvidenceEvent> evidence) {
        if (gate == null) {
            throw refused("no gate was given", "Pass the result of evaluateGate: registerModel(gate: gate, …).");
        }
        if (!gate.isPassed()) {
            throw refused(
                    "its gate is " + gate.getOutcome() + " (" + gate.getReason() + ")",
                    "Only a run whose gate passed is registered: improve the model, or the policy.");
        }
        JsonNode verdict = lastVerdict(runId, evidence)
                .orElseThrow(() -> refused(
                        "no gate was evaluated on run " + runId + " in this build",
                        "Let evaluateGate judge the run that is registered: candidate: 'runs:/" + runId + "'."));
        if (!verdict.path("outcome").asText().equals("PASS")) {
            throw refused(
                    "the last gate on run " + runId + " in this build is "
                            + verdict.path("outcome").asText() + " ("
                            + verdict.path("reason").asText() + ")",
                    "Only a run whose gate passed is registered: improve the model, or the policy.");
        }
        return tags(verdict);
    }

    private static Optional<JsonNode> lastVerdict(String runId, List<EvidenceEvent> evidence) {
        return evidence.stream()
                .filter(event -> event.type().equals(EVENT))
                .map(EvidenceEvent::data)
                .filter(data -> data.path("runId").asText().equals(runId))
                .reduce((earlier, later) -> later);
    }

    private static Map<String, String> tags(JsonNode verdict) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mldelivery.gate_outcome", verdict.path("outcome").asText());
        tags.put("mldelivery.gate_reason", verdict.path("reason").asText());
        tags.put("mldelivery.gate_policy", verdict.path("policy").asText());
        tags.put("mldelivery.gate_policy_sha256", verdict.path("policySha256").asText());
        tags.values().removeIf(String::isEmpty);
        return tags;
    }

    private static DeliveryException refused(String reason, String advice) {
        return new DeliveryException(Code.REGISTRY, "the model was not registered: " + reason, advice);
    }
}
