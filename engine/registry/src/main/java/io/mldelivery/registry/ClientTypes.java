package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunTag;

/** Turns what MLflow's client, or the server, tells into our types. */
final class ClientTypes {
    private ClientTypes() {}

    static TrackedRun run(Run run) {
        RunInfo info = run.getInfo();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Param parameter : run.getData().getParamsList()) {
            parameters.put(parameter.getKey(), parameter.getValue());
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (RunTag tag : run.getData().getTagsList()) {
            tags.put(tag.getKey(), tag.getValue());
        }
        return new TrackedRun(
                info.getRunId(),
                info.getExperimentId(),
                info.getRunName(),
                RunStatus.valueOf(info.getStatus().name()),
                Instant.ofEpochMilli(info.getStartTime()),
                end(info),
                parameters,
                metrics(run),
                tags,
                info.getArtifactUri());
    }

    private static Optional<Instant> end(RunInfo info) {
        return info.getEndTime() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(info.getEndTime()));
    }

    /** A metric that is there without a value is one that the server could not say. */
    private static Map<String, Double> metrics(Run run) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Metric metric : run.getData().getMetricsList()) {
            metrics.put(metric.getKey(), metric.hasValue() ? metric.getValue() : Double.NaN);
        }
        return metrics;
    }

    static RegisteredVersion version(ModelVersion version) {
        Map<String, String> tags = new LinkedHashMap<>();
        version.getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return new RegisteredVersion(
                version.getName(),
                version.getVersion(),
                version.getRunId(),
                version.getSource(),
                version.getStatus().name(),
                tags);
    }

    static RegisteredVersion version(JsonNode version) {
        Map<String, String> tags = new LinkedHashMap<>();
        version.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return new RegisteredVersion(
                version.path("name").asText(),
                version.path("version").asText(),
                version.path("run_id").asText(""),
                version.path("source").asText(""),
                version.path("status").asText(""),
                tags);
    }
}
