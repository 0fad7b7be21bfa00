package io.mldelivery.training;

import io.mldelivery.digest.FileDigest;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.training.inputs.FilePatterns;
import io.mldelivery.training.script.DurableScript;
import io.mldelivery.training.script.ScriptState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records what came of a training's script. */
final class TrainingResults {
    private static final String LOG = "mldelivery/training.log";
    private static final int LAST_LINES = 3;

    private final Mlflow mlflow;
    private final Path workspace;
    private final DurableScript script;
    private final TrainingRequest request;

    TrainingResults(Mlflow mlflow, Path workspace, DurableScript script, TrainingRequest request) {
        this.mlflow = mlflow;
        this.workspace = workspace;
        this.script = script;
        this.request = request;
    }

    /** Uploads outputs, log and record; the run's status comes last, so that a finished run is a complete one. */
    TrainingRecord succeeded(TrainingRecord job) throws IOException {
        try {
            List<FileDigest> outputs = outputs();
            Map<String, Double> metrics = metrics(outputs);
            TrainingRecord record = job.with(metrics, outputs, seconds());
            upload(record);
            return record;
        } catch (DeliveryException e) {
            if (e.code() == Code.DATA) { // the script's fault, not the server's: it cannot be recorded later either
                mlflow.tracking().finish(job.runId(), RunStatus.FAILED, Instant.now());
            }
            throw e;
        }
    }

    private void upload(TrainingRecord record) throws IOException {
        String run = record.runId();
        for (FileDigest output : record.outputs()) {
            mlflow.artifacts().upload(run, output.path(), workspace.resolve(output.path()));
        }
        mlflow.artifacts().upload(run, LOG, script.log());
        Path lock = workspace.resolve(request.environment());
        mlflow.artifacts().upload(run, "mldelivery/" + lock.getFileName(), lock);
        Path file = script.log().resolveSibling("record.json");
        JobFile.write(file, record);
        mlflow.artifacts().upload(run, TrainingJob.RECORD, file);
        Files.delete(file);
        Map<String, Double> metrics = new LinkedHashMap<>(record.metrics());
        metrics.put("mldelivery.training_seconds", record.durationSeconds());
        mlflow.tracking().logMetrics(run, metrics);
        mlflow.tracking().finish(run, RunStatus.FINISHED, Instant.now());
    }

    /** The files that match and that this training wrote: what was there before is not its output. */
    private List<FileDigest> outputs() throws IOException {
        Instant start = script.startedAt().minusMillis(50);
        List<Path> files = new ArrayList<>();
        for (Path file : FilePatterns.find(workspace, request.outputs(), false)) {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(start)) {
                files.add(file);
            }
        }
        if (files.isEmpty() && !request.outputs().isEmpty()) {
            throw new DeliveryException(
                    Code.DATA,
                    request.script() + " wrote no file that matches outputs " + String.join(", ", request.outputs()),
                    "Correct the pattern, or the place where the script writes.");
        }
        return FileDigest.of(workspace, files);
    }

    private Map<String, Double> metrics(List<FileDigest> outputs) throws IOException {
        Optional<String> path = request.metrics().isEmpty()
                ? outputs.stream()
                        .map(FileDigest::path)
                        .filter(name -> name.matches("(.*/)?metrics\\.json"))
                        .findFirst()
                : Optional.of(request.metrics());
        if (path.isEmpty()) {
            return Map.of();
        }
        Path file = workspace.resolve(path.get()).normalize();
        if (!file.startsWith(workspace) || !Files.isRegularFile(file)) {
            throw new DeliveryException(
                    Code.DATA,
                    "the metrics file '" + path.get() + "' does not exist",
                    "Let the script write it, or correct the argument metrics.");
        }
        return MetricsFile.read(path.get(), file);
    }

    private double seconds() throws IOException {
        return Math.round(script.duration().toMillis()) / 1000.0;
    }

    /** Marks the run as failed and describes the failure, for throwing. */
    DeliveryException failed(TrainingRecord job, ScriptState state) throws IOException {
        DeliveryException failure = describe(job, state);
        try {
            if (Files.exists(script.log())) {
                mlflow.artifacts().upload(job.runId(), LOG, script.log());
            }
            mlflow.tracking().finish(job.runId(), RunStatus.FAILED, Instant.now());
        } catch (DeliveryException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private DeliveryException describe(TrainingRecord job, ScriptState state) throws IOException {
        String last = String.join(" | ", script.lastLines(LAST_LINES));
        String said = last.isEmpty() ? " It said nothing." : " It last said: " + last;
        if (state instanceof ScriptState.Exited exited) {
            return failure(
                    "exited with status " + exited.code() + "." + said,
                    "Correct the script; its whole log is above and in run " + job.runId() + ".");
        }
        if (state instanceof ScriptState.Signalled signalled) {
            return failure(
                    "was killed by signal " + signalled.signal() + "." + said,
                    signalled.signal() == 9
                            ? "Look for who killed it; the system does when memory runs out: use less or give more."
                            : "Look for who sent the signal, then run the build again.");
        }
        return failure(
                "disappeared together with its supervisor." + said,
                "Was the machine restarted, or everything killed? Run the build again.");
    }

    private DeliveryException failure(String what, String advice) {
        return new DeliveryException(Code.TRAINING, request.script() + " " + what, advice);
    }
}
