package io.jenkins.plugins.mldelivery.registry;

import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;
import java.util.Map;

/** Where MLflow is. */
final class TrackingServer {
    private TrackingServer() {}

    /** The server's address, or a failure that says where to set it. */
    static URI of(Map<String, String> environment) {
        String address = environment.getOrDefault(TrackingEnvironment.URI, "").strip();
        if (address.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    TrackingEnvironment.URI + " is not set",
                    "Set the server under Manage Jenkins, System, ML Delivery, or the variable by withEnv.");
        }
        return URI.create(address);
    }
}
