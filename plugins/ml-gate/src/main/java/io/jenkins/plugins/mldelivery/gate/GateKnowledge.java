package io.jenkins.plugins.mldelivery.gate;

import hudson.EnvVars;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.gate.history.PastBuild;
import io.mldelivery.gate.holdout.HoldoutFile;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.model.DeliveryException;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the controller knows of the job and the agent does not; texts only, so that it travels. */
final class GateKnowledge implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BUILDS = 200;

    private final String history;
    private final String reference;
    private final String holdouts;
    private final String waivers;

    private GateKnowledge(String history, String reference, String holdouts, String waivers) {
        this.history = history;
        this.reference = reference;
        this.holdouts = holdouts;
        this.waivers = waivers;
    }

    /** Reads what there is now. */
    static GateKnowledge of(Run<?, ?> run, EnvVars environment, PrintStream log) {
        List<PastBuild> past = past(run.getPreviousBuild(), log);
        List<PastBuild> reference = ReferenceJob.of(run, environment)
                .map(job -> past(job.getLastBuild(), log))
                .orElse(past);
        return new GateKnowledge(
                PastBuild.toJson(past),
                PastBuild.toJson(reference.stream().limit(1).toList()),
                holdoutFile(run.getParent()).text(),
                waivers(run.getParent()));
    }

    static HoldoutFile holdoutFile(Job<?, ?> job) {
        return new HoldoutFile(folder(job).resolve(HoldoutFile.NAME));
    }

    private static String waivers(Job<?, ?> job) {
        WaiverFile file = new WaiverFile(GateWaiversFactory.file(job));
        file.create();
        return file.text();
    }

    private static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath();
    }

    /** The builds from this one back whose gate passed, newest first. */
    private static List<PastBuild> past(Run<?, ?> newest, PrintStream log) {
        List<PastBuild> builds = new ArrayList<>();
        int seen = 0;
        for (Run<?, ?> run = newest; run != null && seen < MOST_BUILDS; run = run.getPreviousBuild()) {
            seen++;
            read(run, log).ifPresent(builds::add);
        }
        return builds;
    }

    private static Optional<PastBuild> read(Run<?, ?> run, PrintStream log) {
        BuildEvidence evidence = BuildEvidence.of(run);
        if (run.isBuilding() || !evidence.exists()) {
            return Optional.empty();
        }
        try {
            return PastBuild.of(run.getFullDisplayName(), evidence.events());
        } catch (DeliveryException e) {
            log.println("[gate] " + run.getFullDisplayName() + " is not compared with: " + e.what());
            return Optional.empty();
        }
    }

    /** Earlier builds of the job whose gate passed, newest first. */
    List<PastBuild> history() {
        return PastBuild.fromJson(history);
    }

    /** The newest such build of the target branch, or of this job outside of pull requests. */
    Optional<PastBuild> reference() {
        return PastBuild.fromJson(reference).stream().findFirst();
    }

    /** The content of the job's ledger of evaluation sets. */
    String holdouts() {
        return holdouts;
    }

    /** The content of the job's waivers. */
    String waivers() {
        return waivers;
    }
}
