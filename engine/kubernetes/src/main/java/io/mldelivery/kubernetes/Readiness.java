package io.mldelivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Whether an object does what it is for, read from its status as the API server has it. Pure.
 *
 * @param state ready, on its way, or given up
 * @param reason why it is not ready, in the cluster's words; empty when it is
 */
public record Readiness(State state, String reason) {
    /** The three possibilities. */
    public enum State {
        READY,
        PROGRESSING,
        FAILED
    }

    private static final Readiness READY = new Readiness(State.READY, "");

    /** Judges a Deployment, a Job, a Pod, or anything else by its condition {@code Ready} or {@code Available}. */
    public static Readiness of(JsonNode object) {
        JsonNode status = object.path("status");
        long seen = status.path("observedGeneration")
                .asLong(object.path("metadata").path("generation").asLong());
        if (seen < object.path("metadata").path("generation").asLong()) {
            return new Readiness(State.PROGRESSING, "the controller has not seen the change yet");
        }
        return switch (object.path("kind").asText()) {
            case "Deployment" -> deployment(object.path("spec"), status);
            case "Job" -> job(status);
            default -> any(status);
        };
    }

    /**
     * Whether a Deployment, though perhaps not complete, can go on serving: as many pods are available as its strategy demands;
     * or it was complete before, and at least one is, because it is being scaled or has lost others.
     */
    public static boolean serves(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        return isTrue(status, "Available")
                || wasComplete(status) && status.path("availableReplicas").asInt() > 0;
    }

    /** Whether a Deployment that was complete has no available pod any more. */
    public static boolean isDown(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        return wasComplete(status)
                && deployment.path("spec").path("replicas").asInt(1) > 0
                && status.path("availableReplicas").asInt() == 0;
    }

    private static boolean wasComplete(JsonNode status) {
        return condition(status, "Progressing")
                .filter(one -> one.path("reason").asText().equals("NewReplicaSetAvailable"))
                .isPresent();
    }

    private static Readiness deployment(JsonNode spec, JsonNode status) {
        Optional<JsonNode> progress = condition(status, "Progressing");
        if (progress.filter(one -> one.path("reason").asText().equals("ProgressDeadlineExceeded"))
                .isPresent()) {
            return new Readiness(State.FAILED, progress.get().path("message").asText());
        }
        int wanted = spec.path("replicas").asInt(1);
        int updated = status.path("updatedReplicas").asInt();
        int available = status.path("availableReplicas").asInt();
        boolean complete = updated >= wanted
                && available >= wanted
                && status.path("replicas").asInt() <= updated;
        return complete
                ? READY
                : new Readiness(
                        State.PROGRESSING, available + " of " + wanted + " replicas are available" + failure(status));
    }

    /** Quota and admission refuse pods where nobody looks: in this condition. */
    private static String failure(JsonNode status) {
        return condition(status, "ReplicaFailure")
                .map(one -> "; " + one.path("message").asText())
                .orElse("");
    }

    private static Readiness job(JsonNode status) {
        if (isTrue(status, "Complete")) {
            return READY;
        }
        return isTrue(status, "Failed")
                ? new Readiness(
                        State.FAILED,
                        condition(status, "Failed")
                                .orElseThrow()
                                .path("message")
                                .asText())
                : new Readiness(State.PROGRESSING, status.path("active").asInt() + " pods are active");
    }

    private static Readiness any(JsonNode status) {
        if (isTrue(status, "Ready") || isTrue(status, "Available")) {
            return READY;
        }
        String reason = condition(status, "Ready")
                .or(() -> condition(status, "Available"))
                .map(one ->
                        one.path("reason").asText() + ": " + one.path("message").asText())
                .orElse("it has no condition yet");
        return new Readiness(State.PROGRESSING, reason);
    }

    private static boolean isTrue(JsonNode status, String type) {
        return condition(status, type)
                .filter(one -> one.path("status").asText().equals("True"))
                .isPresent();
    }

    private static Optional<JsonNode> condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }
}
