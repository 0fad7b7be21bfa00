package io.jenkins.plugins.mldelivery.drift;

import hudson.remoting.VirtualChannel;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftPage;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** The check itself; runs where the workspace is, so that no data leaves the agent. */
final class DriftCheckTask extends MasterToSlaveFileCallable<DriftCheckAnswer> {
    private static final long serialVersionUID = 1L;
    private static final long MEBIBYTE = 1L << 20;
    private static final int LEAST_MEMORY = 16;

    private final String reference;
    private final String current;
    private final String policy;
    private final String report;
    private final int memoryMiB;
    private final LinkedHashMap<String, String> environment;

    /** {@code environment} holds what is needed to reach MLflow; empty when the reference is a file. */
    DriftCheckTask(DriftCheckStep step, Map<String, String> environment) {
        this.environment = new LinkedHashMap<>(environment);
        this.reference = step.getReference() == null ? "" : step.getReference();
        this.current = step.getCurrent() == null ? "" : step.getCurrent();
        this.policy = step.getPolicy();
        this.report = step.getReport();
        this.memoryMiB = step.getMemoryMiB();
    }

    @Override
    public DriftCheckAnswer invoke(File directory, VirtualChannel channel) {
        Path workspace = directory.toPath();
        try {
            DriftVerdict verdict = check(new DriftCheck(options(workspace), policy(workspace)));
            writeReport(workspace, verdict);
            return DriftCheckAnswer.of(verdict, reference, current, policy);
        } catch (DeliveryException e) {
            return DriftCheckAnswer.of(e, reference, current, policy);
        }
    }

    private DriftVerdict check(DriftCheck check) {
        if (!ProfileStore.isVersion(reference)) {
            return check.compare(reference, current);
        }
        try (Mlflow mlflow = Connection.open(environment)) {
            return check.compare(new ProfileStore(mlflow).of(reference), current);
        }
    }

    private TableOptions options(Path workspace) {
        if (memoryMiB < LEAST_MEMORY) {
            throw new DeliveryException(Code.CONFIG, "memoryMiB: " + memoryMiB + " is too little",
                    "Give at least " + LEAST_MEMORY + ".");
        }
        return TableOptions.in(workspace).withMemoryBytes(memoryMiB * MEBIBYTE);
    }

    private DriftPolicy policy(Path workspace) {
        if (policy.isEmpty()) {
            return DriftPolicy.calibrated();
        }
        try {
            return DriftPolicy.parse(policy, Files.readAllBytes(workspace.resolve(policy)));
        } catch (NoSuchFileException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": there is no such file in the workspace",
                    "Check the path; it is looked up from " + workspace + ".", e);
        } catch (IOException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": cannot be read: " + e.getMessage(),
                    "Make the file readable for the agent.", e);
        }
    }

    /** The page, and the JSON document beside it. */
    private void writeReport(Path workspace, DriftVerdict verdict) {
        if (!report.isEmpty()) {
            AtomicFile.write(workspace.resolve(report), DriftPage.of(verdict, reference, current));
            String json = report.replaceFirst("\\.html?$", "") + ".json";
            AtomicFile.write(workspace.resolve(json), DriftJson.of(verdict).toPrettyString() + "\n");
        }
    }
}
