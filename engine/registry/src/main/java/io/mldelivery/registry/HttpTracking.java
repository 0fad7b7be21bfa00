package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.http.Repeat;
import io.mldelivery.registry.http.Reply;
import io.mldelivery.registry.http.RestClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Experiments and runs over {@code /api/2.0/mlflow}. */
final class HttpTracking implements Tracking {
    private static final String API = "/api/2.0/mlflow/";
    /** MLflow takes at most 100 parameters or tags in one request. */
    private static final int BATCH = 100;

    private final RestClient rest;

    HttpTracking(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public String experiment(String name) {
        Reply found = byName(name);
        if (found.absent()) {
            Reply created = rest.send("POST", API + "experiments/create", Map.of("name", name), Repeat.UNSAFE);
            if (!created.errorCode().equals("RESOURCE_ALREADY_EXISTS")) {
                return created.orFail().path("experiment_id").asText();
            }
            found = byName(name); // somebody else was faster
        }
        JsonNode experiment = found.orFail().path("experiment");
        String id = experiment.path("experiment_id").asText();
        if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
            rest.send("POST", API + "experiments/restore", Map.of("experiment_id", id), Repeat.UNSAFE).orFail();
        }
        return id;
    }

    private Reply byName(String name) {
        return rest.get(API + "experiments/get-by-name", Map.of("experiment_name", name));
    }

    @Override
    public TrackedRun start(String experimentId, String name, Map<String, String> tags, Instant at) {
        Map<String, Object> body = Map.of(
                "experiment_id", experimentId,
                "run_name", name,
                "start_time", at.toEpochMilli(),
                "tags", pairs(tags));
        JsonNode reply = rest.send("POST", API + "runs/create", body, Repeat.UNSAFE).orFail();
        return RunJson.run(reply.path("run"));
    }

    @Override
    public void logParameters(String runId, Map<String, String> parameters) {
        batches(runId, "params", pairs(parameters));
    }

    @Override
    public void logMetrics(String runId, Map<String, Double> metrics) {
        long now = System.currentTimeMillis();
        batches(runId, "metrics", list(metrics, (key, value) ->
                Map.of("key", key, "value", value, "timestamp", now, "step", 0)));
    }

    @Override
    public void setTags(String runId, Map<String, String> tags) {
        batches(runId, "tags", pairs(tags));
    }

    private void batches(String runId, String kind, List<Map<String, Object>> entries) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            List<Map<String, Object>> batch = entries.subList(from, Math.min(from + BATCH, entries.size()));
            rest.send("POST", API + "runs/log-batch", Map.of("run_id", runId, kind, batch), Repeat.SAFE).orFail();
        }
    }

    @Override
    public void finish(String runId, RunStatus status, Instant at) {
        Map<String, Object> body = Map.of("run_id", runId, "status", status.name(), "end_time", at.toEpochMilli());
        rest.send("POST", API + "runs/update", body, Repeat.SAFE).orFail();
    }

    @Override
    public TrackedRun run(String runId) {
        if (runId.isBlank()) {
            throw new DeliveryException(Code.CONFIG, "the id of the run is empty", "Give the id that trainModel returned.");
        }
        return RunJson.run(rest.get(API + "runs/get", Map.of("run_id", runId)).orFail().path("run"));
    }

    @Override
    public List<TrackedRun> search(String experimentId, String filter, int max) {
        Map<String, Object> body = Map.of(
                "experiment_ids", List.of(experimentId),
                "filter", filter,
                "max_results", max,
                "order_by", List.of("attributes.start_time DESC"));
        List<TrackedRun> runs = new ArrayList<>();
        rest.send("POST", API + "runs/search", body, Repeat.SAFE).orFail().path("runs")
                .forEach(run -> runs.add(RunJson.run(run)));
        return runs;
    }

    private static List<Map<String, Object>> pairs(Map<String, String> entries) {
        return list(entries, (key, value) -> Map.of("key", key, "value", value));
    }

    private static <V> List<Map<String, Object>> list(Map<String, V> map, BiFunction<String, V, Map<String, Object>> each) {
        List<Map<String, Object>> result = new ArrayList<>();
        map.forEach((key, value) -> result.add(each.apply(key, value)));
        return result;
    }
}
