package io.jenkins.plugins.mldelivery.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftText;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the agent sends back: texts only, so that it travels to the controller without any class of the engine. A wrong
 * policy is refused; data that cannot be read is the outcome {@code ERROR}.
 */
final class DriftCheckAnswer implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean refused;
    private final String text;
    private final String evidence;

    private DriftCheckAnswer(boolean refused, String text, String evidence) {
        this.refused = refused;
        this.text = text;
        this.evidence = evidence;
    }

    static DriftCheckAnswer of(DriftVerdict verdict, String reference, String current, String policy) {
        return new DriftCheckAnswer(
                false,
                DriftText.of(verdict),
                DriftJson.evidence(verdict, reference, current, policy).toString());
    }

    /** What a check elsewhere printed, and the event's data that it wrote. */
    static DriftCheckAnswer of(String text, String evidence) {
        return new DriftCheckAnswer(false, text, evidence);
    }

    static DriftCheckAnswer of(DeliveryException problem, String reference, String current, String policy) {
        ObjectNode document = DriftJson.error(problem.what());
        document.put("reference", reference).put("current", current).put("policy", policy);
        boolean refused = problem.code() == Code.CONFIG;
        String text = (refused ? "" : Outcome.ERROR + ": ") + problem.getMessage();
        return new DriftCheckAnswer(refused, text, document.toString());
    }

    /** Whether nothing was measured because the step is configured wrongly; the text says how. */
    boolean isRefused() {
        return refused;
    }

    /** What to print: several lines. */
    String text() {
        return text;
    }

    /** The data of the event {@code drift.checked}. */
    JsonNode evidence() {
        try {
            return new ObjectMapper().readTree(evidence);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("written as JSON by this class", e);
        }
    }

    /** Whether training anew can help: columns drifted or the model got worse, and not only the schema changed. */
    boolean isDrift() {
        JsonNode document = evidence();
        return any(document.path("columns"), "drifted")
                || any(document.path("performance"), "worse")
                || any(document.path("joint"), "drifted")
                || document.at("/monitoring/alarm").asBoolean();
    }

    private static boolean any(JsonNode list, String key) {
        for (JsonNode item : list) {
            if (item.path(key).asBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** {@code retraining} says whether one was started because of it. */
    DriftOutcome outcome(boolean retraining) {
        JsonNode document = evidence();
        List<String> drifted = new ArrayList<>();
        document.get("columns").forEach(column -> {
            if (column.get("drifted").asBoolean()) {
                drifted.add(column.get("name").asText());
            }
        });
        return new DriftOutcome(
                Outcome.valueOf(document.get("outcome").asText()),
                document.get("reason").asText(),
                document.get("columns").size(),
                drifted,
                retraining);
    }
}
