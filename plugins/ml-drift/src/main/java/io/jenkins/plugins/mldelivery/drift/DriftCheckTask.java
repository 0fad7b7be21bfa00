package io.jenkins.plugins.mldelivery.drift;

import hudson.remoting.VirtualChannel;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftMarkdown;
import io.mldelivery.drift.report.DriftMetrics;
import io.mldelivery.drift.report.DriftPage;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final String markdown;
    private final String metrics;
    private final String build;
    private final LinkedHashMap<String, String> environment;
    private final ArrayList<String> history;

    /**
     * {@code environment} holds what is needed to reach MLflow, stores and databases; {@code history} the
     * checks before as lines of a {@link DriftHistory}.
     */
    DriftCheckTask(DriftCheckStep step, Map<String, String> environment, List<String> history, String build) {
        this.history = new ArrayList<>(history);
        this.build = build;
        this.markdown = step.getMarkdown();
        this.metrics = step.getMetrics();
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
            DriftHistory past = DriftHistory.parse("evidence", history);
            DriftVerdict verdict = check(
                    new DriftCheck(options(workspace), WorkspacePolicy.read(workspace, policy), past.monitoring()));
            writeReport(workspace, verdict, past.and(build, verdict));
            return DriftCheckAnswer.of(verdict, Shown.source(reference), Shown.source(current), policy);
        } catch (DeliveryException e) {
            return DriftCheckAnswer.of(e, Shown.source(reference), Shown.source(current), policy);
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
            throw new DeliveryException(
                    Code.CONFIG, "memoryMiB: " + memoryMiB + " is too little", "Give at least " + LEAST_MEMORY + ".");
        }
        return TableOptions.in(workspace).withMemoryBytes(memoryMiB * MEBIBYTE).withEnvironment(environment);
    }

    /** The page, and the JSON document beside it. */
    private void writeReport(Path workspace, DriftVerdict verdict, DriftHistory checks) {
        if (!report.isEmpty()) {
            AtomicFile.write(
                    workspace.resolve(report),
                    DriftPage.of(verdict, checks, Shown.source(reference), Shown.source(current)));
            AtomicFile.write(
                    workspace.resolve(document(report)), DriftJson.of(verdict).toPrettyString() + "\n");
        }
        if (!markdown.isEmpty()) {
            AtomicFile.write(
                    workspace.resolve(markdown),
                    DriftMarkdown.of(verdict, Shown.source(reference), Shown.source(current)));
        }
        if (!metrics.isEmpty()) {
            AtomicFile.write(workspace.resolve(metrics), DriftMetrics.of(verdict, model(reference), Instant.now()));
        }
    }

    /** The JSON document beside a page. */
    static String document(String report) {
        return report.replaceFirst("\\.html?$", "") + ".json";
    }

    /** The name in {@code models:/name@alias}; empty for another reference. */
    static String model(String reference) {
        return ProfileStore.isVersion(reference) ? reference.replaceFirst("^models:/+([^/@]+).*", "$1") : "";
    }
}
