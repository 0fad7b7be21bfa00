package io.jenkins.plugins.mldelivery.training;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.training.optimize.ModelOptimizer;
import io.mldelivery.training.optimize.Optimization;
import io.mldelivery.training.optimize.OptimizationMethod;
import io.mldelivery.training.optimize.OptimizedModel;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;

/** Optimises a model of the workspace, and adds it to a run's artifacts when one is named. */
final class OptimizationWork extends MasterToSlaveFileCallable<OptimizationResult> {
    private static final long serialVersionUID = 1L;

    private final OptimizeModelStep step;
    private final LinkedHashMap<String, String> environment;
    private final LinkedHashMap<String, String> tracking;
    private final TaskListener listener;

    OptimizationWork(
            OptimizeModelStep step,
            Map<String, String> environment,
            Map<String, String> tracking,
            TaskListener listener) {
        this.step = step;
        this.environment = new LinkedHashMap<>(environment);
        this.tracking = new LinkedHashMap<>(tracking);
        this.listener = listener;
    }

    @Override
    public OptimizationResult invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("optimize");
        try {
            Path root = workspace.toPath();
            OptimizedModel model = new ModelOptimizer(
                            environment, line -> listener.getLogger().println("[training] " + line))
                    .optimize(wanted(root), scratch);
            if (!step.runId().isEmpty()) {
                upload(root.resolve(step.getOutput()));
            }
            return new OptimizationResult(step.getOutput(), model);
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        } finally {
            delete(scratch);
        }
    }

    private Optimization wanted(Path root) {
        Path model = root.resolve(step.getModel());
        return new Optimization(
                OptimizationMethod.of(step.getMethod()),
                model,
                root.resolve(step.getOutput()),
                step.getRows().isEmpty() ? model.resolve("golden.json") : root.resolve(step.getRows()),
                Optional.of(step.getCalibration())
                        .filter(file -> !file.isEmpty())
                        .map(root::resolve),
                root.resolve(step.getEnvironment()));
    }

    private void upload(Path folder) throws IOException {
        String address = tracking.getOrDefault("MLFLOW_TRACKING_URI", "").strip();
        if (address.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLFLOW_TRACKING_URI is not set",
                    "Set the server under Manage Jenkins, System, ML Delivery, or the variable by withEnv.");
        }
        try (Mlflow mlflow = Mlflow.connect(URI.create(address), tracking);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = step.getOutput() + "/" + folder.relativize(file);
                mlflow.artifacts().upload(step.runId(), path, file);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
