package io.jenkins.plugins.mldelivery.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.file.ReportFile;
import io.mldelivery.gate.holdout.HoldoutFile;
import io.mldelivery.gate.holdout.HoldoutLedger;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.model.GateModels;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.report.GateJUnit;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
import io.mldelivery.gate.scoring.ModelRuns;
import io.mldelivery.gate.scoring.ModelRuns.Side;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.gate.scoring.Runner;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.MasterToSlaveFileCallable;

/** The judging itself; runs where the workspace is, so that predictions stay on the agent. */
final class GateWork extends MasterToSlaveFileCallable<GateAnswer> {
    private static final long serialVersionUID = 1L;

    private final String policy;
    private final String candidate;
    private final String champion;
    private final String predictions;
    private final String championPredictions;
    private final ArrayList<String> metrics;
    private final String rows;
    private final String model;
    private final String runner;
    private final String lock;
    private final String junit;
    private final LinkedHashMap<String, String> environment;
    private final GateKnowledge knowledge;
    private final TaskListener listener;

    GateWork(EvaluateGateStep step, Map<String, String> environment, GateKnowledge knowledge, TaskListener listener) {
        this.policy = step.getPolicy();
        this.candidate = step.getCandidate();
        this.champion = step.getChampion();
        this.predictions = step.getPredictions();
        this.championPredictions = step.getChampionPredictions();
        this.metrics = new ArrayList<>(step.getMetrics());
        this.rows = step.getRows();
        this.model = step.getModel();
        this.runner = step.getRunner();
        this.lock = step.getEnvironment();
        this.junit = step.getJunit();
        this.environment = new LinkedHashMap<>(environment);
        this.knowledge = knowledge;
        this.listener = listener;
    }

    @Override
    public GateAnswer invoke(File directory, VirtualChannel channel) {
        Path workspace = directory.toPath();
        try (GateModels models = new GateModels(workspace, environment, knowledge.reference());
                ModelRuns runs = new ModelRuns(workspace, models, environment, this::tell)) {
            requireArguments();
            return judge(workspace, models, runs);
        } catch (DeliveryException e) {
            return GateAnswer.refused(e);
        }
    }

    private void tell(String line) {
        listener.getLogger().println("[gate] " + line);
    }

    private GateAnswer judge(Path workspace, GateModels models, ModelRuns runs) {
        byte[] yaml = policy(workspace);
        Set<String> versions = versions(models);
        var request = new GateRequest(
                policy,
                new String(yaml, StandardCharsets.UTF_8),
                () -> reported(workspace, models),
                () -> models.champion(champion, !championPredictions.isEmpty()),
                files(workspace),
                workspace,
                context(models, runs, versions));
        GateResult result = Gate.judge(request);
        if (!junit.isEmpty()) {
            ReportFile.write(workspace.resolve(junit), GateJUnit.of(result, policy));
        }
        ObjectNode evidence = GateJson.of(result);
        evidence.put("candidate", candidate);
        versions.forEach(evidence.putArray("versions")::add);
        evidence.put("runId", GateModels.runId(candidate).orElse(null));
        evidence.put("policy", policy);
        evidence.put("policySha256", sha256(yaml));
        evidence.set("champion", models.championFacts().orElse(null));
        return GateAnswer.verdict(lines(result, versions), evidence);
    }

    /** Names the reference build, and the version as a waiver must when a rule could be waived. */
    private List<String> lines(GateResult result, Set<String> versions) {
        List<String> lines = new ArrayList<>(GateTable.of(result));
        if (champion.equals(GateModels.REFERENCE)) {
            knowledge.reference().ifPresent(build -> lines.add("The reference build is " + build.name() + "."));
        }
        if (result.outcome() == Outcome.FAIL || result.outcome() == Outcome.INCONCLUSIVE) {
            lines.add("A waiver of a rule for this version would name it " + String.join(" or ", versions) + ".");
        }
        return lines;
    }

    /** A registry that does not answer is found out by the judging itself. */
    private Set<String> versions(GateModels models) {
        try {
            return models.versions(candidate);
        } catch (DeliveryException e) {
            return Set.of(candidate);
        }
    }

    private MetricSet reported(Path workspace, GateModels models) {
        MetricSet all = models.candidate(candidate);
        for (String file : metrics) {
            all = all.orElse(MetricFiles.read(workspace.resolve(file), file));
        }
        return all;
    }

    private GateContext context(GateModels models, ModelRuns runs, Set<String> versions) {
        return new GateContext(
                knowledge.history(),
                models::other,
                Optional.of(HoldoutLedger.parse(HoldoutFile.NAME, knowledge.holdouts())),
                WaiverFile.parse(WaiverFile.NAME, knowledge.waivers()),
                versions,
                Optional.of(scoring(runs)));
    }

    private RowScoring scoring(ModelRuns runs) {
        return runs.scoring(
                rows,
                new Side("the candidate", model.isEmpty() ? candidate : model, Runner.of(runner), lock),
                new Side("the champion", champion, Runner.of(runner), ""));
    }

    private void requireArguments() {
        require(!policy.isEmpty(), "policy is missing", "Name the policy: evaluateGate(policy: 'gate.yaml', …).");
        require(
                !candidate.isEmpty(),
                "candidate is missing",
                "Name a metrics file in the workspace or a run: candidate: training.uri.");
        require(
                championPredictions.isEmpty() || !predictions.isEmpty(),
                "championPredictions needs predictions",
                "Give the candidate's predictions for the same rows.");
        require(
                lock.isEmpty() || Runner.of(runner) == Runner.PYTHON,
                "environment needs runner: 'python'",
                "The model server brings its own; leave environment out.");
    }

    private static void require(boolean condition, String what, String advice) {
        if (!condition) {
            throw new DeliveryException(Code.CONFIG, "evaluateGate: " + what, advice);
        }
    }

    private byte[] policy(Path workspace) {
        try {
            return Files.readAllBytes(workspace.resolve(policy));
        } catch (NoSuchFileException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    policy + ": there is no such file in the workspace",
                    "Check the path; it is looked up from " + workspace + ".",
                    e);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    policy + ": cannot be read: " + e.getMessage(),
                    "Make it a file that the agent may read.",
                    e);
        }
    }

    private Optional<PredictionFiles> files(Path workspace) {
        return predictions.isEmpty()
                ? Optional.empty()
                : Optional.of(new PredictionFiles(
                        workspace, predictions, Optional.of(championPredictions).filter(name -> !name.isEmpty())));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
