package io.jenkins.plugins.mldelivery.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.report.GateJUnit;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
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
    /** The environment variable with the model server's jar. */
    static final String SERVING = "MLDELIVERY_SERVING";

    private static final long serialVersionUID = 1L;

    private final String policy;
    private final String candidate;
    private final String champion;
    private final String predictions;
    private final String championPredictions;
    private final ArrayList<String> metrics;
    private final String rows;
    private final String model;
    private final String junit;
    private final LinkedHashMap<String, String> environment;
    private final GateKnowledge knowledge;

    GateWork(EvaluateGateStep step, Map<String, String> environment, GateKnowledge knowledge) {
        this.policy = step.getPolicy();
        this.candidate = step.getCandidate();
        this.champion = step.getChampion();
        this.predictions = step.getPredictions();
        this.championPredictions = step.getChampionPredictions();
        this.metrics = new ArrayList<>(step.getMetrics());
        this.rows = step.getRows();
        this.model = step.getModel();
        this.junit = step.getJunit();
        this.environment = new LinkedHashMap<>(environment);
        this.knowledge = knowledge;
    }

    @Override
    public GateAnswer invoke(File directory, VirtualChannel channel) {
        Path workspace = directory.toPath();
        try (Models models = new Models(workspace, environment, knowledge.reference());
                ScoredRows scored = new ScoredRows(workspace, rows, models, environment)) {
            requireArguments();
            return judge(workspace, models, scored);
        } catch (DeliveryException e) {
            return GateAnswer.refused(e);
        }
    }

    private GateAnswer judge(Path workspace, Models models, ScoredRows scored) {
        byte[] yaml = policy(workspace);
        Set<String> versions = versions(models);
        var request = new GateRequest(
                policy,
                new String(yaml, StandardCharsets.UTF_8),
                () -> reported(workspace, models),
                () -> models.champion(champion, !championPredictions.isEmpty()),
                files(workspace),
                workspace,
                context(models, scored, versions));
        GateResult result = Gate.judge(request);
        if (!junit.isEmpty()) {
            ReportFile.write(workspace.resolve(junit), GateJUnit.of(result, policy));
        }
        ObjectNode evidence = GateJson.of(result);
        evidence.put("candidate", candidate);
        versions.forEach(evidence.putArray("versions")::add);
        evidence.put("runId", Models.runId(candidate).orElse(null));
        evidence.put("policy", policy);
        evidence.put("policySha256", sha256(yaml));
        evidence.set("champion", models.championFacts().orElse(null));
        return GateAnswer.verdict(lines(result, versions), evidence);
    }

    /** Names the version as a waiver must, when a rule could be waived. */
    private static List<String> lines(GateResult result, Set<String> versions) {
        List<String> lines = new ArrayList<>(GateTable.of(result));
        if (result.outcome() == Outcome.FAIL || result.outcome() == Outcome.INCONCLUSIVE) {
            lines.add("A waiver of a rule for this version would name it " + String.join(" or ", versions) + ".");
        }
        return lines;
    }

    /** A registry that does not answer is found out by the judging itself. */
    private Set<String> versions(Models models) {
        try {
            return models.versions(candidate);
        } catch (DeliveryException e) {
            return Set.of(candidate);
        }
    }

    private MetricSet reported(Path workspace, Models models) {
        MetricSet all = models.candidate(candidate);
        for (String file : metrics) {
            all = all.orElse(MetricFiles.read(workspace.resolve(file), file));
        }
        return all;
    }

    private GateContext context(Models models, ScoredRows scored, Set<String> versions) {
        return new GateContext(
                knowledge.history(),
                models::other,
                Optional.of(HoldoutLedger.parse(HoldoutFile.NAME, knowledge.holdouts())),
                WaiverFile.parse(WaiverFile.NAME, knowledge.waivers()),
                versions,
                scored.scoring(model.isEmpty() ? candidate : model, champion));
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
                model.isEmpty() || !rows.isEmpty(),
                "model needs rows",
                "Name the table that the model is to be run on.");
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

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
