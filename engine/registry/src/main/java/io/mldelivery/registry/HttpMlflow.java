package io.mldelivery.registry;

import io.mldelivery.registry.http.ClientCalls;
import io.mldelivery.registry.http.Credentials;
import io.mldelivery.registry.http.RestClient;
import io.mldelivery.registry.http.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** MLflow over its REST API. */
final class HttpMlflow implements Mlflow {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final ClientCalls client;
    private final Tracking tracking;
    private final Artifacts artifacts;
    private final Models models;

    private HttpMlflow(RestClient rest, ClientCalls client) {
        this.client = client;
        this.tracking = new HttpTracking(rest, client);
        this.artifacts = new HttpArtifacts(rest, tracking);
        this.models = new HttpModels(rest, client);
    }

    static Mlflow connect(URI address, Map<String, String> environment) {
        Credentials credentials = Credentials.of(address, environment);
        return new HttpMlflow(
                new RestClient(address, credentials, RetryPolicy.DEFAULT),
                new ClientCalls(address, credentials, RetryPolicy.DEFAULT, ANSWER_WITHIN));
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
        client.close(); // the JDK's client ends by itself once nobody has it any more
    }
}
