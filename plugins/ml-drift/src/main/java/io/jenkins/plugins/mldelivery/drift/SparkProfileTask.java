package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.TemporaryFolder;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.registry.Mlflow;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has Spark summarize a table; answers with what to print. */
final class SparkProfileTask extends SparkTask<String> {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final String policy;
    private final String run;
    private final String output;

    SparkProfileTask(DriftProfileStep step, Map<String, String> environment, TaskListener listener) {
        super(step, environment, listener);
        this.reference = step.getReference() == null ? "" : step.getReference();
        this.policy = step.getPolicy();
        this.run = step.getRun();
        this.output = step.getOutput();
    }

    @Override
    public String invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        try {
            WorkspacePolicy.read(directory.toPath(), policy);
            return TemporaryFolder.with(folder -> profile(directory.toPath(), folder));
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure; // the controller need not know the engine's exception
        }
    }

    private String profile(Path workspace, Path folder) throws InterruptedException {
        Path file = output.isEmpty() ? folder.resolve("reference.profile") : workspace.resolve(output);
        List<String> arguments =
                new ArrayList<>(List.of("profile", "--reference", reference, "--output", file.toString()));
        if (!policy.isEmpty()) {
            arguments.addAll(List.of("--policy", policy));
        }
        run(workspace, arguments, log()::println);
        Profile profile = ProfileFile.read(reference, file);
        if (!run.isEmpty()) {
            try (Mlflow mlflow = Connection.open(environment())) {
                new ProfileStore(mlflow).store(run, profile);
            }
        }
        return DriftProfileTask.kept(profile, reference, output, run);
    }
}
