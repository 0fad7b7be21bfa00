package io.mldelivery.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Set;

/**
 * What the server said: the wanted JSON, or a refusal with MLflow's {@code error_code}.
 *
 * @param asked what was asked for, for messages
 */
public record Reply(String asked, int status, JsonNode body) {
    private static final Set<String> ABSENT = Set.of("RESOURCE_DOES_NOT_EXIST", "NOT_FOUND");

    public boolean refused() {
        return status >= 400;
    }

    /** Returns MLflow's {@code error_code}, or an empty text. */
    public String errorCode() {
        return body.path("error_code").asText("");
    }

    /** Returns whether the server refused because the thing does not exist. */
    public boolean absent() {
        return refused()
                && (ABSENT.contains(errorCode())
                        || (status == 404 && errorCode().isEmpty()));
    }

    /** Returns the body, or fails with the server's reason. */
    public JsonNode orFail() {
        if (refused()) {
            throw refusal();
        }
        return body;
    }

    /** Describes the refusal, for throwing. */
    DeliveryException refusal() {
        return new DeliveryException(Code.REGISTRY, "MLflow refused " + asked + ": " + reason(), advice());
    }

    private String reason() {
        String message = body.path("message").asText("").lines().findFirst().orElse("");
        String code = errorCode().isEmpty() ? "HTTP " + status : errorCode();
        return message.isEmpty() ? code : code + ": " + message;
    }

    private String advice() {
        return absent()
                ? "Check the name or id, and that MLFLOW_TRACKING_URI is the server that has it."
                : "Correct what the server names; the same request will be refused again.";
    }
}
