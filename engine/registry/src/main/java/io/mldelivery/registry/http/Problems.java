package io.mldelivery.registry.http;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.URI;

/** Describes what can go wrong with a server, in two lines. */
final class Problems {
    private final URI base;
    private final Credentials credentials;

    Problems(URI base, Credentials credentials) {
        this.base = base;
        this.credentials = credentials;
    }

    DeliveryException unreachable(String asked, IOException cause) {
        return new DeliveryException(
                Code.REGISTRY,
                "MLflow at " + base + " does not answer " + asked + ": " + Failure.describe(cause),
                "Start the server, or set MLFLOW_TRACKING_URI to the address of one that runs.",
                cause);
    }

    DeliveryException status(String asked, int status) {
        String what = "MLflow at " + base + " answered HTTP " + status + " to " + asked;
        return switch (status) {
            case 401 ->
                new DeliveryException(
                        Code.REGISTRY,
                        what + " (sent: " + credentials + ")",
                        "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.");
            case 403 ->
                new DeliveryException(
                        Code.REGISTRY,
                        what + " (sent: " + credentials + ")",
                        "Give this user the permission in MLflow, or use another user.");
            default ->
                new DeliveryException(Code.REGISTRY, what, "Look into the server's log; run again when it is well.");
        };
    }

    DeliveryException notMlflow(String asked, String observed) {
        return new DeliveryException(
                Code.REGISTRY,
                "what runs at " + base + " is not MLflow: it " + observed + " to " + asked,
                "Set MLFLOW_TRACKING_URI to the address of an MLflow server (GET /health there says OK).");
    }

    DeliveryException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new DeliveryException(
                Code.REGISTRY,
                "the call to MLflow at " + base + " was interrupted",
                "Run again; nothing is wrong with the server.",
                cause);
    }
}
