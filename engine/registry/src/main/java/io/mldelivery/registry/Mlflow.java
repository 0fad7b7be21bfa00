package io.mldelivery.registry;

import java.net.URI;
import java.util.Map;

/**
 * A connection to an MLflow tracking server and model registry. Safe to use from several threads; close it when done.
 */
public interface Mlflow extends AutoCloseable {

    /**
     * Prepares a connection; the server is first contacted by the first call.
     *
     * @param tracking the server's address, {@code http://host:5000} or https
     * @param environment where {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, or
     *     {@code MLFLOW_TRACKING_TOKEN}, are taken from when present
     */
    static Mlflow connect(URI tracking, Map<String, String> environment) {
        return HttpMlflow.connect(tracking, environment);
    }

    /** Returns experiments and runs. */
    Tracking tracking();

    /** Returns the files of runs. */
    Artifacts artifacts();

    /** Returns the model registry. */
    Models models();

    /** Lets go of connections; runs stay as they are. */
    @Override
    void close();
}
