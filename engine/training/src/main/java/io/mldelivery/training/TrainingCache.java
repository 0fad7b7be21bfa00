package io.mldelivery.training;

import io.mldelivery.digest.FileDigest;
import io.mldelivery.digest.Sha256;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the recorded result of the same inputs and brings its files back into the workspace. */
final class TrainingCache {
    private final Mlflow mlflow;
    private final Path workspace;
    private final Consumer<String> log;

    TrainingCache(Mlflow mlflow, Path workspace, Consumer<String> log) {
        this.mlflow = mlflow;
        this.workspace = workspace;
        this.log = log;
    }

    /** Returns the result, or empty when there is none that can be used. */
    Optional<TrainingRecord> find(String experimentId, String inputsDigest, Path scratch) throws IOException {
        String filter =
                "tags.`" + TrainingJob.INPUTS_TAG + "` = '" + inputsDigest + "' and attributes.status = 'FINISHED'";
        for (TrackedRun run : mlflow.tracking().search(experimentId, filter, 5)) {
            try {
                return Optional.of(restore(run, scratch));
            } catch (DeliveryException e) {
                log.accept("Run " + run.runId() + " has the same inputs but cannot be used: " + e.what());
            }
        }
        return Optional.empty();
    }

    private TrainingRecord restore(TrackedRun run, Path scratch) throws IOException {
        Path file = scratch.resolve("recorded.json");
        mlflow.artifacts().download(run.runId(), TrainingJob.RECORD, file);
        TrainingRecord record = JobFile.read(file).orElseThrow();
        Files.delete(file);
        for (FileDigest output : record.outputs()) {
            restore(run.runId(), output);
        }
        return record;
    }

    private void restore(String runId, FileDigest output) throws IOException {
        Path target = workspace.resolve(output.path()).normalize();
        if (!target.startsWith(workspace)) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "its output '" + output.path() + "' lies outside the workspace",
                    "Delete that run in MLflow.");
        }
        if (Files.isRegularFile(target) && Sha256.of(target).equals(output.sha256())) {
            return;
        }
        mlflow.artifacts().download(runId, output.path(), target);
        if (!Sha256.of(target).equals(output.sha256())) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "its output '" + output.path() + "' was changed since it was recorded",
                    "Find out who changed the artifact in MLflow.");
        }
    }

    /** Names what was found, for the log. */
    static String describe(TrainingRecord record) {
        List<FileDigest> outputs = record.outputs();
        return "the same inputs (" + record.inputsDigest().substring(0, 12) + ") succeeded in run " + record.runId()
                + "; took its " + outputs.size() + " outputs";
    }
}
