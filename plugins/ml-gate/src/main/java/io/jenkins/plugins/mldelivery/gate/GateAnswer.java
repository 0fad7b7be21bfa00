package io.jenkins.plugins.mldelivery.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.policy.Holdout;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What the agent sends back: texts only, so that it travels to the controller without any class of the engine. */
final class GateAnswer implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean refused;
    private final String text;
    private final String evidence;

    private GateAnswer(boolean refused, String text, String evidence) {
        this.refused = refused;
        this.text = text;
        this.evidence = evidence;
    }

    /** A verdict, whatever it is. */
    static GateAnswer verdict(List<String> table, ObjectNode evidence) {
        return new GateAnswer(false, String.join("\n", table), evidence.toString());
    }

    /** Nothing was judged, because the step or its policy is wrong. */
    static GateAnswer refused(DeliveryException problem) {
        return new GateAnswer(true, problem.getMessage(), "{}");
    }

    boolean isRefused() {
        return refused;
    }

    /** What to print: several lines. */
    String text() {
        return text;
    }

    /** The data of the event {@code gate.evaluated}. */
    JsonNode evidence() {
        try {
            return new ObjectMapper().readTree(evidence);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("written as JSON by this class", e);
        }
    }

    /** Whether a rule of severity unstable does not pass. */
    boolean isUnstable() {
        return evidence().path("unstable").asBoolean();
    }

    GateOutcome outcome(String url) {
        JsonNode document = evidence();
        List<LinkedHashMap<String, Object>> rules = new ArrayList<>();
        document.get("rules").forEach(rule -> rules.add(plain(rule)));
        String runId =
                document.path("runId").isNull() ? null : document.path("runId").asText();
        return new GateOutcome(
                Outcome.valueOf(document.get("outcome").asText()),
                document.get("reason").asText(),
                runId,
                url,
                rules);
    }

    /** The word for the outcome. */
    String word() {
        return evidence().path("outcome").asText();
    }

    /** What the decision was allowed to spend of the evaluation set's error rate. */
    Optional<Allowance> allowance() {
        JsonNode holdout = evidence().path("holdout");
        return holdout.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Allowance(
                        holdout.get("set").asText(),
                        holdout.get("decision").asText(),
                        holdout.get("use").asInt(),
                        holdout.get("planned").asInt(),
                        holdout.get("alpha").asDouble(),
                        holdout.get("nominal").asDouble(),
                        holdout.get("repeated").asBoolean(),
                        Holdout.USUAL.spending()));
    }

    private static LinkedHashMap<String, Object> plain(JsonNode rule) {
        LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
        for (String key : List.of("name", "metric", "kind", "severity", "slice", "outcome", "reason")) {
            if (rule.hasNonNull(key)) {
                plain.put(key, rule.get(key).asText());
            }
        }
        for (String key : List.of("candidate", "champion", "difference")) {
            if (rule.path(key).isNumber()) {
                plain.put(key, rule.get(key).asDouble());
            }
        }
        if (rule.has("waiver")) {
            plain.put("waivedBy", rule.get("waiver").get("by").asText());
        }
        for (String end : List.of("low", "high")) {
            if (rule.path("interval").path(end).isNumber()) {
                plain.put(end, rule.get("interval").get(end).asDouble());
            }
        }
        return plain;
    }
}
