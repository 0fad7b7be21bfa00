package io.mldelivery.registry.http;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** How to introduce oneself to the server. Its text form holds no secret. */
public final class Credentials {
    private static final Credentials NONE = new Credentials(null);

    private final String header;

    private Credentials(String header) {
        this.header = header;
    }

    /**
     * Takes {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, else {@code MLFLOW_TRACKING_TOKEN},
     * else the user information of the address, else none. This is the order of MLflow's own clients.
     */
    public static Credentials of(URI address, Map<String, String> environment) {
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        if (user.isEmpty() != password.isEmpty()) {
            throw new DeliveryException(Code.CONFIG,
                    (user.isEmpty() ? "MLFLOW_TRACKING_USERNAME" : "MLFLOW_TRACKING_PASSWORD") + " is not set",
                    "Set both MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or neither.");
        }
        if (!user.isEmpty()) {
            return basic(user + ":" + password);
        }
        if (!token.isEmpty()) {
            return new Credentials("Bearer " + token);
        }
        return address.getUserInfo() == null ? NONE : basic(address.getUserInfo());
    }

    private static Credentials basic(String userAndPassword) {
        byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
        return new Credentials("Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    Optional<String> header() {
        return Optional.ofNullable(header);
    }

    @Override
    public String toString() {
        return header == null ? "no credentials" : header.substring(0, header.indexOf(' ')) + " credentials";
    }
}
