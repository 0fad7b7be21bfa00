package io.mldelivery.registry.http;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;

/** Checks a server's address, and takes out of it what must not be shown. */
final class ServerAddress {
    private ServerAddress() {}

    /** Returns the address without user information and without a slash at the end. */
    static URI withoutUser(URI address) {
        boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        if (!web || address.getHost() == null) {
            String shown = address.getRawAuthority() == null ? address.toString() : address.getScheme() + "://…";
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLflow's address '" + shown + "' is not a web address",
                    "Set MLFLOW_TRACKING_URI to http://HOST:PORT or https://HOST of a running MLflow server.");
        }
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath().replaceAll("/+$", "");
        return URI.create(address.getScheme() + "://" + address.getHost() + port + path);
    }
}
