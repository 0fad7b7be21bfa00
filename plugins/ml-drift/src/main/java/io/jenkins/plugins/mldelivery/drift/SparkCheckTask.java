package io.jenkins.plugins.mldelivery.drift;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftFiles;
import io.mldelivery.drift.report.TemporaryFolder;
import io.mldelivery.drift.submit.SubmittedCheck;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.registry.Mlflow;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has Spark do the check; the driver runs where the workspace is and writes the reports there. */
final class SparkCheckTask extends SparkTask<DriftCheckAnswer> {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final String current;
    private final String policy;
    private final String report;
    private final String markdown;
    private final String metrics;
    private final String build;
    private final ArrayList<String> history;

    /** As {@link DriftCheckTask}; {@code listener} takes what Spark logs. */
    SparkCheckTask(
            DriftCheckStep step,
            Map<String, String> environment,
            List<String> history,
            String build,
            TaskListener listener) {
        super(step, environment, listener);
        this.reference = step.getReference() == null ? "" : step.getReference();
        this.current = step.getCurrent() == null ? "" : step.getCurrent();
        this.policy = step.getPolicy();
        this.report = step.getReport();
        this.markdown = step.getMarkdown();
        this.metrics = step.getMetrics();
        this.build = build;
        this.history = new ArrayList<>(history);
    }

    @Override
    public DriftCheckAnswer invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        try {
            WorkspacePolicy.read(directory.toPath(), policy); // a wrong one is refused before Spark starts
            return TemporaryFolder.with(folder -> check(directory.toPath(), folder));
        } catch (DeliveryException e) {
            return DriftCheckAnswer.of(e, Shown.source(reference), Shown.source(current), policy);
        }
    }

    private DriftCheckAnswer check(Path workspace, Path folder) throws InterruptedException {
        Path evidence = folder.resolve("evidence");
        List<String> arguments = new SubmittedCheck(
                        table(folder), Shown.source(reference), current, path(policy), files(folder))
                .arguments();
        arguments.addAll(List.of(SubmittedCheck.EVIDENCE, evidence.toString()));
        if (!report.isEmpty()) {
            arguments.addAll(List.of(SubmittedCheck.DOCUMENT, DriftCheckTask.document(report)));
        }
        List<String> printed = new ArrayList<>();
        run(workspace, arguments, printed::add);
        return DriftCheckAnswer.of(String.join("\n", printed), text(evidence));
    }

    /** What Spark takes as reference: a registered version's profile becomes a file. */
    private String table(Path folder) {
        if (!ProfileStore.isVersion(reference)) {
            return reference;
        }
        Path file = folder.resolve("reference.profile");
        try (Mlflow mlflow = Connection.open(environment())) {
            AtomicFile.write(file, ProfileFile.write(new ProfileStore(mlflow).of(reference)));
        }
        return file.toString();
    }

    private DriftFiles files(Path folder) {
        Path past = folder.resolve("history");
        AtomicFile.write(past, history.stream().map(line -> line + "\n").reduce("", String::concat));
        return new DriftFiles(
                path(report),
                path(markdown),
                Optional.of(past),
                build,
                path(metrics),
                Optional.empty(),
                DriftCheckTask.model(reference));
    }

    private static Optional<Path> path(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    DeliveryException.Code.ENVIRONMENT,
                    file + ": Spark's answer cannot be read: " + e.getMessage(),
                    "Take the Spark engine's jar of the same version as the plugin.",
                    e);
        }
    }
}
