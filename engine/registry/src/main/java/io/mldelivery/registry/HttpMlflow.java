package io.mldelivery.registry;

import io.mldelivery.registry.http.Credentials;
import io.mldelivery.registry.http.RestClient;
import io.mldelivery.registry.http.RetryPolicy;
import java.net.URI;
import java.util.Map;

/** MLflow over its REST API. */
final class HttpMlflow implements Mlflow {
    private final Tracking tracking;
    private final Artifacts artifacts;
    private final Models models;

    private HttpMlflow(RestClient rest) {
        this.tracking = new HttpTracking(rest);
        this.artifacts = new HttpArtifacts(rest, tracking);
        this.models = new HttpModels(rest);
    }

    static Mlflow connect(URI address, Map<String, String> environment) {
        return new HttpMlflow(new RestClient(address, Credentials.of(address, environment), RetryPolicy.DEFAULT));
    }

    @Override
    public Tracking tracking() {
        return tracking;
    }

    @Override
    public Artifacts artifacts() {
        return artifacts;
    }

    @Override
    public Models models() {
        return models;
    }

    @Override
    public void close() {
        // the JDK's client of Java 17 ends its threads when it is no longer reachable; there is nothing to release
    }
}
