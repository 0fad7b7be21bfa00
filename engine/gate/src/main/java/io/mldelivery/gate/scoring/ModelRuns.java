package io.mldelivery.gate.scoring;

import io.mldelivery.gate.model.GateModels;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.python.PythonEnvironment;
import io.mldelivery.python.PythonEnvironments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs candidate and champion on this machine when they are asked; leaves no process and no file behind. */
public final class ModelRuns implements AutoCloseable {
    /** The environment variable with the model server's jar. */
    public static final String SERVING = "MLDELIVERY_SERVING";

    private static final int OLDEST_PYTHON = 9;

    private final Path workspace;
    private final GateModels models;
    private final Map<String, String> environment;
    private final Consumer<String> log;
    private Optional<Path> work = Optional.empty();
    private Optional<RowScoring> scoring = Optional.empty();

    /**
     * Prepares; nothing runs yet.
     *
     * @param workspace where relative names start
     * @param environment {@code MLDELIVERY_SERVING} names the model server, {@code MLDELIVERY_HOME} where Python
     *     environments are kept, {@code MLDELIVERY_PYTHON} the Python
     * @param log receives a line for what takes time
     */
    public ModelRuns(Path workspace, GateModels models, Map<String, String> environment, Consumer<String> log) {
        this.workspace = workspace;
        this.models = models;
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /**
     * A model and how it is run.
     *
     * @param role what messages call it, such as {@code the candidate}
     * @param address a folder of the workspace, a run, a registered version or {@code build:reference}; empty when none
     *     was named
     * @param lock the lock file of its training, for Python; empty to take that of the model's run
     */
    public record Side(String role, String address, Runner runner, String lock) {}

    /**
     * What scores rows.
     *
     * @param rows the table; empty when the models are run on other rows only, such as metamorphic cases
     */
    public RowScoring scoring(String rows, Side candidate, Side champion) {
        Path folder = newFolder();
        scoring = Optional.of(new RowScoring(
                workspace,
                rows,
                folder,
                () -> start(candidate, folder.resolve("candidate")),
                () -> start(champion, folder.resolve("champion"))));
        return scoring.get();
    }

    private Path newFolder() {
        try {
            work = Optional.of(Files.createTempDirectory("gate"));
            return work.get();
        } catch (IOException e) {
            throw unwritable("a temporary folder", e);
        }
    }

    private static DeliveryException unwritable(Object what, IOException e) {
        return new DeliveryException(
                Code.ENVIRONMENT, "cannot write " + what + ": " + e.getMessage(), "Free disk space.", e);
    }

    private Predictor start(Side side, Path folder) {
        if (side.address().isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    side.role() + " is to be run, and its model is not named",
                    "Name the model's folder, a run or a registered version.");
        }
        String label = side.role() + " " + side.address();
        try {
            Path target = Files.createDirectories(folder.resolve("model"));
            return side.runner() == Runner.PYTHON
                    ? inPython(side, target, folder, label)
                    : inServer(side, target, folder, label);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private Predictor inServer(Side side, Path target, Path folder, String label) {
        String jar = environment.getOrDefault(SERVING, "");
        if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "models are run by the model server, and " + SERVING
                            + (jar.isEmpty() ? " is not set" : " names no file: " + jar),
                    "Set it to serving.jar; the launcher sets it by itself. Or let Python run them, or give predictions.");
        }
        return ServedModel.start(Path.of(jar), models.folder(side.address(), target), folder, label);
    }

    private Predictor inPython(Side side, Path target, Path folder, String label) throws IOException {
        PythonEnvironment python = python(side, Files.createDirectories(folder.resolve("lock")));
        return PythonModel.start(python, models.folder(side.address(), target), folder, label);
    }

    private PythonEnvironment python(Side side, Path folder) throws IOException {
        Path lock = side.lock().isEmpty() ? models.lock(side.address(), folder) : given(side.lock());
        try {
            return new PythonEnvironments(PythonEnvironments.defaultCache(environment), environment, log)
                    .prepare(lock.getFileName().toString(), Files.readString(lock), OLDEST_PYTHON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException(
                    Code.ENVIRONMENT, "interrupted while an environment was made", "Start the build again.", e);
        }
    }

    private Path given(String lock) {
        Path file = workspace.resolve(lock);
        if (!Files.isRegularFile(file)) {
            throw new DeliveryException(
                    Code.CONFIG, "the lock file " + lock + " does not exist", "Name the lock file of the training.");
        }
        return file;
    }

    @Override
    public void close() {
        scoring.ifPresent(RowScoring::close);
        work.ifPresent(ModelRuns::delete);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot remove " + folder + ": " + e.getMessage(), "Remove it by hand.", e);
        }
    }
}
