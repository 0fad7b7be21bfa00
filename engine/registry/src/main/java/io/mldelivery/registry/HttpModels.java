package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.registry.http.ClientCalls;
import io.mldelivery.registry.http.Repeat;
import io.mldelivery.registry.http.Reply;
import io.mldelivery.registry.http.RestClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.Page;

/** The model registry: searches by MLflow's client, everything else by our own, because the client has no calls for it. */
final class HttpModels implements Models {
    private static final String API = "/api/2.0/mlflow/";
    private static final int PAGE = 200;

    private final RestClient rest;
    private final ClientCalls client;

    HttpModels(RestClient rest, ClientCalls client) {
        this.rest = rest;
        this.client = client;
    }

    @Override
    public RegisteredVersion create(String name, String runId, String source, Map<String, String> tags) {
        Reply model = rest.send("POST", API + "registered-models/create", Map.of("name", name), Repeat.SAFE);
        if (!model.errorCode().equals("RESOURCE_ALREADY_EXISTS")) {
            model.orFail();
        }
        List<Map<String, String>> pairs = new ArrayList<>();
        tags.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
        Map<String, Object> body = Map.of("name", name, "run_id", runId, "source", source, "tags", pairs);
        JsonNode created = rest.send("POST", API + "model-versions/create", body, Repeat.UNSAFE)
                .orFail();
        return ClientTypes.version(created.path("model_version"));
    }

    @Override
    public Optional<RegisteredVersion> version(String name, String version) {
        return one(rest.get(API + "model-versions/get", Map.of("name", name, "version", version)));
    }

    @Override
    public Optional<RegisteredVersion> byAlias(String name, String alias) {
        Reply reply = rest.get(API + "registered-models/alias", Map.of("name", name, "alias", alias));
        return unknownAlias(reply) ? Optional.empty() : one(reply);
    }

    @Override
    public String address(String name, String version) {
        return rest.get(API + "model-versions/get-download-uri", Map.of("name", name, "version", version))
                .orFail()
                .path("artifact_uri")
                .asText();
    }

    /** MLflow calls a missing alias an invalid parameter; other invalid parameters are real errors. */
    private static boolean unknownAlias(Reply reply) {
        return reply.errorCode().equals("INVALID_PARAMETER_VALUE")
                && reply.body().path("message").asText().contains("alias")
                && reply.body().path("message").asText().contains("not found");
    }

    private static Optional<RegisteredVersion> one(Reply reply) {
        return reply.absent()
                ? Optional.empty()
                : Optional.of(ClientTypes.version(reply.orFail().path("model_version")));
    }

    @Override
    public List<RegisteredVersion> versions(String name) {
        String quote = name.contains("'") ? "\"" : "'";
        String filter = "name=" + quote + name + quote;
        List<RegisteredVersion> versions =
                client.call("model-versions/search of " + name, mlflow -> search(mlflow, filter));
        versions.sort(Comparator.comparingLong((RegisteredVersion version) -> Long.parseLong(version.version()))
                .reversed());
        return versions;
    }

    private static List<RegisteredVersion> search(MlflowClient mlflow, String filter) {
        List<RegisteredVersion> versions = new ArrayList<>();
        Page<ModelVersion> page = mlflow.searchModelVersions(filter, PAGE, List.of());
        page.getItems().forEach(version -> versions.add(ClientTypes.version(version)));
        while (page.hasNextPage()) {
            page = page.getNextPage();
            page.getItems().forEach(version -> versions.add(ClientTypes.version(version)));
        }
        return versions;
    }

    @Override
    public void setAlias(String name, String alias, String version) {
        Map<String, String> body = Map.of("name", name, "alias", alias, "version", version);
        rest.send("POST", API + "registered-models/alias", body, Repeat.SAFE).orFail();
    }

    @Override
    public void deleteAlias(String name, String alias) {
        Reply reply =
                rest.send("DELETE", API + "registered-models/alias", Map.of("name", name, "alias", alias), Repeat.SAFE);
        if (!reply.absent() && !unknownAlias(reply)) {
            reply.orFail();
        }
    }

    @Override
    public void setTag(String name, String version, String key, String value) {
        Map<String, String> body = Map.of("name", name, "version", version, "key", key, "value", value);
        rest.send("POST", API + "model-versions/set-tag", body, Repeat.SAFE).orFail();
    }

    @Override
    public Optional<RegisteredVersion> resolve(String modelsUri) {
        ModelAddress address = ModelAddress.parse(modelsUri);
        return address.alias().isPresent()
                ? byAlias(address.name(), address.alias().get())
                : version(address.name(), address.version().orElseThrow());
    }
}
