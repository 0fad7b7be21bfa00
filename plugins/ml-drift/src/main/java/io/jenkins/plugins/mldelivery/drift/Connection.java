package io.jenkins.plugins.mldelivery.drift;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import java.net.URI;
import java.util.Map;

/** Connects to the MLflow server that the environment names. */
final class Connection {
    private static final String ADDRESS = "MLFLOW_TRACKING_URI";

    private Connection() {}

    static Mlflow open(Map<String, String> environment) {
        String address = environment.getOrDefault(ADDRESS, "").strip();
        try {
            if (!address.isEmpty()) {
                return Mlflow.connect(URI.create(address), environment);
            }
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(
                    Code.CONFIG, ADDRESS + ": '" + address + "' is no address", "Write it as http://host:5000.", e);
        }
        throw new DeliveryException(
                Code.CONFIG,
                "no MLflow server is known: " + ADDRESS + " is not set",
                "Set it in the environment or under Manage Jenkins, System, ML Delivery.");
    }
}
