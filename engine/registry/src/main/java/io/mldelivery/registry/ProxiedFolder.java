package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.http.Download;
import io.mldelivery.registry.http.RestClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Files behind the MLflow server that belong to no run, such as those of a logged model. */
final class ProxiedFolder {
    private static final String LIST = "/api/2.0/mlflow-artifacts/artifacts";

    private final RestClient rest;

    ProxiedFolder(RestClient rest) {
        this.rest = rest;
    }

    /** Fetches all below a path of the server's store; fails when there is nothing. */
    void download(String path, Path target) {
        JsonNode files = rest.get(LIST, Map.of("path", path)).orFail().path("files");
        if (files.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLflow has no files at mlflow-artifacts:/" + path,
                    "Were the model's files deleted? Log and register it again.");
        }
        for (JsonNode file : files) {
            String name = file.path("path").asText().replaceAll(".*/", "");
            Path local = HttpArtifacts.inside(target, name);
            if (file.path("is_dir").asBoolean()) {
                download(path + "/" + name, local);
            } else {
                file(path + "/" + name, local);
            }
        }
    }

    private void file(String path, Path target) {
        try (Download download = rest.download(HttpArtifacts.PROXY + HttpArtifacts.encode(path))) {
            if (download.reply().refused()) {
                download.reply().orFail();
            }
            HttpArtifacts.store(download, target);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "the file '" + path + "' of MLflow could not be stored as " + target + ": " + e.getMessage(),
                    "Check free disk space, permissions and the connection, then run again.",
                    e);
        }
    }
}
