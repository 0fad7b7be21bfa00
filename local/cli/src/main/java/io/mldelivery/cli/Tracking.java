package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import java.net.URI;
import java.util.Map;

/** Connects to the MLflow server that the environment names. */
final class Tracking {
    private static final String ADDRESS = "MLFLOW_TRACKING_URI";

    private Tracking() {}

    static Mlflow connect(Map<String, String> environment) {
        String address = environment.getOrDefault(ADDRESS, "").strip();
        if (address.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "no MLflow server is known: " + ADDRESS + " is not set",
                    "Set it to the server's address, such as http://host:5000.");
        }
        try {
            return Mlflow.connect(URI.create(address), environment);
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(
                    Code.CONFIG, ADDRESS + ": '" + address + "' is no address", "Write it as http://host:5000.", e);
        }
    }
}
