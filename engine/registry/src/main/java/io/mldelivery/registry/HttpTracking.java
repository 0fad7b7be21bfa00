package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.http.ClientCalls;
import io.mldelivery.registry.http.Repeat;
import io.mldelivery.registry.http.Reply;
import io.mldelivery.registry.http.RestClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;

/** Experiments and runs: reads and repeatable writes by MLflow's client, everything that creates by our own. */
final class HttpTracking implements Tracking {
    private static final String API = "/api/2.0/mlflow/";
    /** MLflow takes at most 100 parameters or tags in one request. */
    private static final int BATCH = 100;

    private final RestClient rest;
    private final ClientCalls client;

    HttpTracking(RestClient rest, ClientCalls client) {
        this.rest = rest;
        this.client = client;
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
            rest.send("POST", API + "experiments/restore", Map.of("experiment_id", id), Repeat.UNSAFE)
                    .orFail();
        }
        return id;
    }

    /** Not by MLflow's client, which asks four times for what is absent. */
    private Reply byName(String name) {
        return rest.get(API + "experiments/get-by-name", Map.of("experiment_name", name));
    }

    @Override
    public TrackedRun start(String experimentId, String name, Map<String, String> tags, Instant at) {
        List<Map<String, String>> pairs = new ArrayList<>();
        tags.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
        Map<String, Object> body =
                Map.of("experiment_id", experimentId, "run_name", name, "start_time", at.toEpochMilli(), "tags", pairs);
        JsonNode reply =
                rest.send("POST", API + "runs/create", body, Repeat.UNSAFE).orFail();
        return run(reply.path("run").path("info").path("run_id").asText());
    }

    @Override
    public void logParameters(String runId, Map<String, String> parameters) {
        List<Param> all = new ArrayList<>();
        parameters.forEach((key, value) ->
                all.add(Param.newBuilder().setKey(key).setValue(value).build()));
        for (List<Param> batch : batches(all)) {
            log(runId, List.of(), batch, List.of());
        }
    }

    @Override
    public void logMetrics(String runId, Map<String, Double> metrics) {
        long now = System.currentTimeMillis();
        List<Metric> all = new ArrayList<>();
        metrics.forEach((key, value) -> all.add(Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimestamp(now)
                .setStep(0)
                .build()));
        for (List<Metric> batch : batches(all)) {
            log(runId, batch, List.of(), List.of());
        }
    }

    @Override
    public void setTags(String runId, Map<String, String> tags) {
        List<RunTag> all = new ArrayList<>();
        tags.forEach((key, value) ->
                all.add(RunTag.newBuilder().setKey(key).setValue(value).build()));
        for (List<RunTag> batch : batches(all)) {
            log(runId, List.of(), List.of(), batch);
        }
    }

    private void log(String runId, List<Metric> metrics, List<Param> parameters, List<RunTag> tags) {
        client.call("runs/log-batch", mlflow -> {
            mlflow.logBatch(runId, metrics, parameters, tags);
            return runId;
        });
    }

    private static <E> List<List<E>> batches(List<E> all) {
        List<List<E>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return batches;
    }

    @Override
    public void finish(String runId, RunStatus status, Instant at) {
        client.call("runs/update", mlflow -> {
            mlflow.setTerminated(runId, Service.RunStatus.valueOf(status.name()), at.toEpochMilli());
            return runId;
        });
    }

    @Override
    public TrackedRun run(String runId) {
        if (runId.isBlank()) {
            throw new DeliveryException(
                    Code.CONFIG, "the id of the run is empty", "Give the id that trainModel returned.");
        }
        return ClientTypes.run(client.call("runs/get of " + runId, mlflow -> mlflow.getRun(runId)));
    }

    @Override
    public List<TrackedRun> search(String experimentId, String filter, int max) {
        List<String> order = List.of("attributes.start_time DESC");
        return client.call(
                "runs/search",
                mlflow ->
                        mlflow
                                .searchRuns(List.of(experimentId), filter, ViewType.ACTIVE_ONLY, max, order)
                                .getItems()
                                .stream()
                                .map(ClientTypes::run)
                                .toList());
    }
}
