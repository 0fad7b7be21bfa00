package io.mldelivery.training;

import io.mldelivery.digest.FileDigest;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.python.PythonEnvironment;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import io.mldelivery.registry.Tracking;
import io.mldelivery.training.inputs.TrainingInputs;
import io.mldelivery.training.script.DurableScript;
import io.mldelivery.training.script.ScriptState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One training on this machine: {@link #begin}, {@link #follow} until it has ended, {@link #finish}.
 *
 * <p>Everything that must outlive a crash is in the control folder: whoever makes a job with the same folder goes on
 * with the same training, whether its script still runs or has ended meanwhile. Every method may be called again; none
 * starts or records anything twice.
 */
public final class TrainingJob {
    static final String INPUTS_TAG = "mldelivery.inputs_digest";
    static final String RECORD = "mldelivery/training.json";

    private static final String JOB_TAG = "mldelivery.job";
    private static final int OLDEST_PYTHON = 9;
    private static final int CHUNK = 1 << 16;

    private final Path workspace;
    private final Path control;
    private final TrainingRequest request;
    private final Map<String, String> environment;
    private final Map<String, String> tracking;
    private final Consumer<String> log;
    private final DurableScript script;

    /**
     * Makes or goes on with a job.
     *
     * @param control a folder outside the workspace for this job alone; its name tells jobs apart
     * @param environment of the script, over this process's own
     * @param tracking where to record: {@code MLFLOW_TRACKING_URI}, and how to sign in there
     * @param log receives a line for each thing worth knowing
     */
    public TrainingJob(
            Path workspace,
            Path control,
            TrainingRequest request,
            Map<String, String> environment,
            Map<String, String> tracking,
            Consumer<String> log) {
        this.workspace = workspace.toAbsolutePath().normalize();
        this.control = control.toAbsolutePath().normalize();
        this.request = request;
        this.environment = Map.copyOf(environment);
        this.tracking = Map.copyOf(tracking);
        this.log = log;
        this.script = new DurableScript(this.control.resolve("script"));
    }

    /** Takes the recorded result of the same inputs, which ends the job; or starts the script and returns empty. */
    public Optional<TrainingRecord> begin() throws IOException, InterruptedException {
        Optional<TrainingRecord> begun = JobFile.read(jobFile());
        if (begun.isEmpty()) {
            TrainingInputs.check(workspace, request.script(), request.data());
        }
        PythonEnvironment python = preparePython();
        try (Mlflow mlflow = connect()) {
            if (begun.isEmpty()) {
                TrainingRecord job = describe(mlflow, python);
                Optional<TrainingRecord> known = recorded(mlflow, job);
                if (known.isPresent()) {
                    return known;
                }
                begun = Optional.of(register(mlflow, job));
            }
        }
        start(begun.get(), python);
        return Optional.empty();
    }

    private PythonEnvironment preparePython() throws IOException, InterruptedException {
        Path lock = workspace.resolve(request.environment()).normalize();
        if (!Files.isRegularFile(lock)) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the lock file '" + request.environment() + "' does not exist in " + workspace,
                    "Give environment: a lock file with hashes, relative to the workspace.");
        }
        return new PythonEnvironments(PythonEnvironments.defaultCache(environment), environment, log)
                .prepare(request.environment(), Files.readString(lock), OLDEST_PYTHON);
    }

    private Mlflow connect() {
        String address = tracking.getOrDefault("MLFLOW_TRACKING_URI", "");
        if (address.isBlank()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLFLOW_TRACKING_URI is not set",
                    "Set the server under Manage Jenkins, System, ML Delivery, or the variable by withEnv.");
        }
        try {
            return Mlflow.connect(URI.create(address.strip()), tracking);
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLFLOW_TRACKING_URI is not an address",
                    "Set it to http://HOST:PORT of an MLflow server.",
                    e);
        }
    }

    /** What is known before the training: everything but results. */
    private TrainingRecord describe(Mlflow mlflow, PythonEnvironment python) throws IOException {
        TrainingInputs inputs = TrainingInputs.of(
                workspace, request.script(), python.digest(), request.parameters(), request.data(), request.seed());
        String experimentId = mlflow.tracking().experiment(request.experiment());
        return new TrainingRecord(
                "",
                experimentId,
                request.experiment(),
                request.script(),
                request.seed(),
                python.pythonVersion(),
                python.digest(),
                inputs.digest(),
                inputs.code(),
                inputs.data(),
                TrainingRecord.sorted(request.parameters()),
                new LinkedHashMap<>(),
                List.of(),
                0);
    }

    private Optional<TrainingRecord> recorded(Mlflow mlflow, TrainingRecord job) throws IOException {
        if (!request.cache()) {
            return Optional.empty();
        }
        Files.createDirectories(control);
        Optional<TrainingRecord> known =
                new TrainingCache(mlflow, workspace, log).find(job.experimentId(), job.inputsDigest(), control);
        known.ifPresent(record -> log.accept("Cached: " + TrainingCache.describe(record)));
        return known;
    }

    /** Makes the run, or finds the one that a crash kept from being written down. */
    private TrainingRecord register(Mlflow mlflow, TrainingRecord job) throws IOException {
        String name = control.getFileName().toString();
        List<TrackedRun> begun =
                mlflow.tracking().search(job.experimentId(), "tags.`" + JOB_TAG + "` = '" + name + "'", 1);
        TrackedRun run = begun.isEmpty()
                ? mlflow.tracking().start(job.experimentId(), runName(), tags(job, name), Instant.now())
                : begun.get(0);
        TrainingRecord registered = new TrainingRecord(
                run.runId(),
                job.experimentId(),
                job.experiment(),
                job.script(),
                job.seed(),
                job.pythonVersion(),
                job.environmentDigest(),
                job.inputsDigest(),
                job.code(),
                job.data(),
                job.parameters(),
                job.metrics(),
                job.outputs(),
                0);
        mlflow.tracking().logParameters(run.runId(), job.parameters());
        JobFile.write(jobFile(), registered);
        return registered;
    }

    private String runName() {
        return request.tags().getOrDefault("mldelivery.build", request.script());
    }

    private Map<String, String> tags(TrainingRecord job, String name) {
        Map<String, String> tags = new LinkedHashMap<>(request.tags());
        tags.put("mlflow.source.name", job.script());
        tags.put("mlflow.source.type", "JOB");
        tags.put(JOB_TAG, name);
        tags.put(INPUTS_TAG, job.inputsDigest());
        tags.put("mldelivery.environment_digest", job.environmentDigest());
        tags.put("mldelivery.data_digest", FileDigest.combined(job.data()));
        tags.put("mldelivery.code_digest", FileDigest.combined(job.code()));
        tags.put("mldelivery.seed", Long.toString(job.seed()));
        tags.put("mldelivery.python", job.pythonVersion());
        return tags;
    }

    private void start(TrainingRecord job, PythonEnvironment python) throws IOException {
        Files.createDirectories(control);
        script.start(
                python.python(),
                List.of(python.python().toString(), request.script()),
                workspace,
                ScriptEnvironment.of(job, python, control, environment));
    }

    /** Returns what the script said from this offset on, and whether it has ended. */
    public TrainingProgress follow(long offset) throws IOException {
        ScriptState state = script.state(); // before reading: what is said after the end has been seen is nothing
        byte[] output = script.read(offset, CHUNK);
        return new TrainingProgress(output, offset + output.length, state.ended() && output.length == 0);
    }

    /** Records how the script ended; returns the result, or fails with how the training failed. */
    public TrainingRecord finish() throws IOException, InterruptedException {
        TrainingRecord job = JobFile.read(jobFile())
                .orElseThrow(() -> new DeliveryException(
                        Code.TRAINING,
                        "the training's control folder " + control + " is gone",
                        "Run the build again."));
        try (Mlflow mlflow = connect()) {
            TrainingResults results = new TrainingResults(mlflow, workspace, script, request);
            ScriptState state = script.state();
            if (!(state instanceof ScriptState.Exited exited && exited.code() == 0)) {
                script.stop();
                throw results.failed(job, state);
            }
            return results.succeeded(job);
        }
    }

    /** Ends the script and marks the run as killed, unless it has ended. Returns when nothing of it runs any more. */
    public void abort() throws IOException, InterruptedException {
        script.stop();
        Optional<TrainingRecord> job = JobFile.read(jobFile());
        if (job.isPresent()) {
            try (Mlflow mlflow = connect()) {
                markKilled(mlflow.tracking(), job.get().runId());
            }
        }
    }

    private static void markKilled(Tracking runs, String runId) {
        if (runs.run(runId).status() == RunStatus.RUNNING) {
            runs.finish(runId, RunStatus.KILLED, Instant.now());
        }
    }

    /** Removes the control folder of a job that has ended. */
    public void forget() throws IOException {
        if (script.state() instanceof ScriptState.Running) {
            throw new DeliveryException(
                    Code.TRAINING, "the training of " + control + " still runs", "Wait for its end, or abort it.");
        }
        if (!Files.exists(control)) {
            return;
        }
        try (Stream<Path> files = Files.walk(control)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path jobFile() {
        return control.resolve("job.json");
    }
}
