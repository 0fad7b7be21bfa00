package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.registry.Mlflow;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Summarizes a table where the workspace is; answers with what to print. */
final class DriftProfileTask extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final String policy;
    private final String run;
    private final String output;
    private final LinkedHashMap<String, String> environment;

    DriftProfileTask(DriftProfileStep step, Map<String, String> environment) {
        this.reference = step.getReference() == null ? "" : step.getReference();
        this.policy = step.getPolicy();
        this.run = step.getRun();
        this.output = step.getOutput();
        this.environment = new LinkedHashMap<>(environment);
    }

    @Override
    public String invoke(File workspace, VirtualChannel channel) throws IOException {
        try {
            return profile(workspace);
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure; // the controller need not know the engine's exception
        }
    }

    private String profile(File workspace) {
        var check = new DriftCheck(
                TableOptions.in(workspace.toPath()).withEnvironment(environment),
                WorkspacePolicy.read(workspace.toPath(), policy));
        Profile profile = check.profile(reference);
        if (!output.isEmpty()) {
            AtomicFile.write(workspace.toPath().resolve(output), ProfileFile.write(profile));
        }
        if (!run.isEmpty()) {
            try (Mlflow mlflow = Connection.open(environment)) {
                new ProfileStore(mlflow).store(run, profile);
            }
        }
        return kept(profile, reference, output, run);
    }

    /** What was made and where it is: a file in the workspace, a run, or both. */
    static String kept(Profile profile, String reference, String output, String run) {
        String kept = (output.isEmpty() ? "" : " in " + output) + (run.isEmpty() ? "" : " with run " + run);
        return "profile of " + Shown.source(reference) + " ("
                + profile.columns().size() + " columns, " + profile.rows() + " rows) kept" + kept;
    }
}
