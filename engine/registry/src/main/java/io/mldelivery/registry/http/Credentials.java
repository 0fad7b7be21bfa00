package io.mldelivery.registry.http;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** How to introduce oneself to the server. Its text form holds no secret. */
public final class Credentials {
    private static final Credentials NONE = new Credentials("", "", "");

    private final String user;
    private final String password;
    private final String token;

    private Credentials(String user, String password, String token) {
        this.user = user;
        this.password = password;
        this.token = token;
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
            throw new DeliveryException(
                    Code.CONFIG,
                    (user.isEmpty() ? "MLFLOW_TRACKING_USERNAME" : "MLFLOW_TRACKING_PASSWORD") + " is not set",
                    "Set both MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or neither.");
        }
        if (!user.isEmpty()) {
            return new Credentials(user, password, "");
        }
        if (!token.isEmpty()) {
            return new Credentials("", "", token);
        }
        return address.getUserInfo() == null ? NONE : ofUserInfo(address.getUserInfo());
    }

    private static Credentials ofUserInfo(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        return colon < 0
                ? new Credentials(userAndPassword, "", "")
                : new Credentials(userAndPassword.substring(0, colon), userAndPassword.substring(colon + 1), "");
    }

    Optional<String> header() {
        if (!user.isEmpty()) {
            byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
    }

    /** The same credentials for MLflow's client. */
    BasicMlflowHostCreds forClient(URI base) {
        return new BasicMlflowHostCreds(
                base.toString(),
                user.isEmpty() ? null : user,
                user.isEmpty() ? null : password,
                token.isEmpty() ? null : token,
                false);
    }

    @Override
    public String toString() {
        return user.isEmpty() ? (token.isEmpty() ? "no credentials" : "a token") : "user and password";
    }
}
