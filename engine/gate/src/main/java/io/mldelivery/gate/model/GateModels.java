package io.mldelivery.gate.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.digest.Sha256;
import io.mldelivery.gate.history.PastBuild;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Artifact;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.ModelFolder;
import io.mldelivery.registry.RegisteredVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what was reported of candidate and champion: in a file of the workspace, in an earlier build
 * ({@code build:reference}), in an MLflow run ({@code runs:/id}) or
 * in the run of a registered version ({@code models:/name@alias}, {@code models:/name/3}).
 */
public final class GateModels implements AutoCloseable {
    private static final String RUN = "runs:/";
    private static final String MODEL = "models:/";
    /** The address of the reference build. */
    public static final String REFERENCE = "build:reference";

    /** Where trainModel keeps what it knows of a run. */
    private static final String TRAINING = "mldelivery";

    private static final Pattern RUN_SOURCE = Pattern.compile("runs:/([^/]+)/?(.*)");

    private final Path workspace;
    private final Map<String, String> environment;
    private Optional<Mlflow> mlflow = Optional.empty();
    private Optional<ObjectNode> championFacts = Optional.empty();

    private final Optional<PastBuild> reference;

    /**
     * Prepares; no server is asked yet.
     *
     * @param workspace where files are looked up
     * @param environment with {@code MLFLOW_TRACKING_URI} and how to sign in there
     * @param reference the build that {@code build:reference} names
     */
    public GateModels(Path workspace, Map<String, String> environment, Optional<PastBuild> reference) {
        this.workspace = workspace;
        this.environment = environment;
        this.reference = reference;
    }

    /** The run that an address names; absent for files. */
    public static Optional<String> runId(String address) {
        return address.startsWith(RUN)
                ? Optional.of(address.substring(RUN.length()).replaceAll("/.*", ""))
                : Optional.empty();
    }

    /** What was reported of the candidate that an address names. */
    public MetricSet candidate(String address) {
        return address.startsWith(MODEL)
                ? ofVersion(version(address).orElseThrow(() -> absent(address)))
                : reported(address);
    }

    private MetricSet reported(String address) {
        return runId(address).map(this::ofRun).orElseGet(() -> MetricFiles.read(workspace.resolve(address), address));
    }

    private MetricSet ofRun(String runId) {
        return MetricSet.of("run " + runId, mlflow().tracking().run(runId).metrics());
    }

    private MetricSet ofVersion(RegisteredVersion version) {
        return version.runId().isEmpty()
                ? MetricSet.empty(version.uri() + " (which has no run)")
                : MetricSet.of(
                        version.uri(), mlflow().tracking().run(version.runId()).metrics());
    }

    private static DeliveryException absent(String address) {
        return new DeliveryException(Code.REGISTRY, address + " does not exist", "Check the model's name and version.");
    }

    /**
     * The champion that an address names; a registered version that does not exist is no error but an absent champion.
     *
     * @param hasPredictions whether the champion's predictions are given, so that there is one even without an address
     */
    public Champion champion(String address, boolean hasPredictions) {
        if (address.isEmpty()) {
            return hasPredictions
                    ? new Champion.Present(MetricSet.empty("the champion's metrics (no champion was named)"))
                    : new Champion.Absent("no champion was named");
        }
        if (address.equals(REFERENCE)) {
            return referenceBuild();
        }
        if (!address.startsWith(MODEL)) {
            championFacts = runId(address).map(GateModels::factsOfRun);
            return new Champion.Present(reported(address));
        }
        Optional<RegisteredVersion> version = version(address);
        championFacts = version.map(GateModels::facts);
        return version.<Champion>map(found -> new Champion.Present(ofVersion(found)))
                .orElseGet(() -> new Champion.Absent(address + " does not exist"));
    }

    private Champion referenceBuild() {
        championFacts = reference.filter(build -> !build.runId().isEmpty()).map(build -> factsOfRun(build.runId()));
        return reference
                .<Champion>map(build -> new Champion.Present(MetricSet.of(build.name(), build.metrics())))
                .orElseGet(() -> new Champion.Absent("there is no reference build whose gate passed"));
    }

    /** What a rule names in 'against:'. */
    public Champion other(String address) {
        if (!address.startsWith(MODEL)) {
            return new Champion.Present(reported(address));
        }
        return version(address)
                .<Champion>map(found -> new Champion.Present(ofVersion(found)))
                .orElseGet(() -> new Champion.Absent(address + " does not exist"));
    }

    /** The names under which waivers may speak of a candidate: what was asked for, and what it stands for. */
    public Set<String> versions(String address) {
        Set<String> names = new LinkedHashSet<>();
        if (address.startsWith(MODEL)) {
            version(address).ifPresent(version -> {
                names.add(version.uri());
                names.add(RUN + version.runId());
            });
        } else {
            names.add(runId(address).map(id -> RUN + id).orElseGet(() -> digest(address)));
        }
        return names;
    }

    private String digest(String file) {
        Path path = workspace.resolve(file);
        if (!Files.isRegularFile(path)) {
            return file; // the judging says that it is missing
        }
        try {
            return "sha256:" + Sha256.of(path);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.DATA, file + ": cannot be read: " + e.getMessage(), "Make it readable.", e);
        }
    }

    /**
     * Brings a model's files to this machine.
     *
     * @param address a folder of the workspace, a run, a registered version or {@code build:reference}
     * @param target an empty folder for what is downloaded
     */
    public Path folder(String address, Path target) {
        if (address.equals(REFERENCE)) {
            return folder(reference.map(build -> RUN + build.runId()).orElseThrow(() -> absent(address)), target);
        }
        if (address.startsWith(MODEL)) {
            RegisteredVersion version = version(address).orElseThrow(() -> absent(address));
            Matcher source = RUN_SOURCE.matcher(version.source());
            if (!source.matches()) {
                throw new DeliveryException(
                        Code.REGISTRY,
                        version.uri() + " lies at " + version.source() + ", which is no folder of a run",
                        "Register the model with registerModel.");
            }
            mlflow().artifacts().download(source.group(1), source.group(2), target);
            return target;
        }
        Optional<String> run = runId(address);
        if (run.isEmpty()) {
            return local(address);
        }
        String folder = ModelFolder.find(mlflow().artifacts(), run.get(), "");
        mlflow().artifacts().download(run.get(), folder, target);
        return target;
    }

    private Path local(String address) {
        Path folder = workspace.resolve(address);
        if (!Files.isDirectory(folder)) {
            throw new DeliveryException(
                    Code.CONFIG,
                    address + " is no model's folder in the workspace",
                    "Name the folder ('model: …'), a run or a registered version.");
        }
        return folder;
    }

    /**
     * Brings the lock file of the training that made a model to this machine.
     *
     * @param address a run, a registered version or {@code build:reference}
     * @param target an empty folder
     */
    public Path lock(String address, Path target) {
        String run = trainedIn(address);
        List<String> locks = mlflow().artifacts().list(run, TRAINING).stream()
                .filter(artifact -> !artifact.folder())
                .map(Artifact::path)
                .filter(path -> !path.endsWith("/training.json") && !path.endsWith("/training.log"))
                .filter(path -> path.endsWith(".lock") || path.endsWith(".txt"))
                .toList();
        if (locks.size() != 1) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "run " + run + " has "
                            + (locks.isEmpty()
                                    ? "no lock file of its training"
                                    : "several lock files: " + String.join(", ", locks)),
                    "Models that trainModel made have one; score others by the model server.");
        }
        Path file = target.resolve(locks.get(0).substring(TRAINING.length() + 1));
        mlflow().artifacts().download(run, locks.get(0), file);
        return file;
    }

    private String trainedIn(String address) {
        Optional<String> run = address.startsWith(MODEL)
                ? Optional.of(
                        version(address).orElseThrow(() -> absent(address)).runId())
                : address.equals(REFERENCE) ? reference.map(PastBuild::runId) : runId(address);
        return run.filter(id -> !id.isEmpty())
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        address + " comes from no run, so the environment of its training is not known",
                        "Name the lock file, or score by the model server."));
    }

    private Optional<RegisteredVersion> version(String address) {
        return mlflow().models().resolve(address);
    }

    private static ObjectNode factsOfRun(String runId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putNull("name");
        node.putNull("version");
        return node.put("runId", runId);
    }

    private static ObjectNode facts(RegisteredVersion version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", version.name())
                .put("version", version.version())
                .put("runId", version.runId());
    }

    /** Which registered version or run the champion was, once {@link #champion} has found one. */
    public Optional<ObjectNode> championFacts() {
        return championFacts;
    }

    private Mlflow mlflow() {
        if (mlflow.isEmpty()) {
            String address = environment.getOrDefault("MLFLOW_TRACKING_URI", "").strip();
            if (address.isEmpty()) {
                throw new DeliveryException(
                        Code.CONFIG,
                        "MLFLOW_TRACKING_URI is not set",
                        "Set it to the server's address, such as http://host:5000: on the node, by withEnv, in the shell.");
            }
            mlflow = Optional.of(Mlflow.connect(URI.create(address), environment));
        }
        return mlflow.get();
    }

    @Override
    public void close() {
        mlflow.ifPresent(Mlflow::close);
    }
}
