package io.jenkins.plugins.mldelivery.gate;

import io.mldelivery.gate.scoring.Predictor;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.gate.scoring.ServedModel;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Candidate and champion, run by the model server on rows of the workspace; leaves no process and no file behind. */
final class ScoredRows implements AutoCloseable {
    private final Path workspace;
    private final String rows;
    private final Models models;
    private final Map<String, String> environment;
    private Optional<Path> work = Optional.empty();
    private Optional<RowScoring> scoring = Optional.empty();

    ScoredRows(Path workspace, String rows, Models models, Map<String, String> environment) {
        this.workspace = workspace;
        this.rows = rows;
        this.models = models;
        this.environment = environment;
    }

    /** The scoring; absent when no rows were named. */
    Optional<RowScoring> scoring(String candidate, String champion) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Path folder = newFolder();
        scoring = Optional.of(new RowScoring(
                workspace,
                rows,
                folder,
                () -> start(candidate, folder.resolve("candidate"), "the candidate " + candidate),
                () -> start(champion, folder.resolve("champion"), "the champion " + champion)));
        return scoring;
    }

    private Path newFolder() {
        try {
            work = Optional.of(Files.createTempDirectory("gate"));
            return work.get();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot make a temporary folder: " + e.getMessage(),
                    "Free disk space on the agent.",
                    e);
        }
    }

    private Predictor start(String address, Path folder, String label) {
        String jar = environment.getOrDefault(GateWork.SERVING, "");
        if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "rows are scored by the model server, and " + GateWork.SERVING
                            + (jar.isEmpty() ? " is not set" : " names no file: " + jar),
                    "Set it to serving.jar on the node; the launcher sets it by itself. Or give predictions.");
        }
        try {
            Path model = models.folder(address, Files.createDirectories(folder.resolve("model")));
            return ServedModel.start(Path.of(jar), model, folder, label);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot write " + folder + ": " + e.getMessage(),
                    "Free disk space on the agent.",
                    e);
        }
    }

    @Override
    public void close() {
        scoring.ifPresent(RowScoring::close);
        work.ifPresent(ScoredRows::delete);
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
