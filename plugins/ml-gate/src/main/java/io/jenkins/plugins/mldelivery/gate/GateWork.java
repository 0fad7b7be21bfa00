package io.jenkins.plugins.mldelivery.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.remoting.VirtualChannel;
import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.report.GateJUnit;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
import io.mldelivery.gate.file.ReportFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** The judging itself; runs where the workspace is, so that predictions stay on the agent. */
final class GateWork extends MasterToSlaveFileCallable<GateAnswer> {
    private static final long serialVersionUID = 1L;

    private final String policy;
    private final String candidate;
    private final String champion;
    private final String predictions;
    private final String championPredictions;
    private final String junit;
    private final LinkedHashMap<String, String> environment;

    GateWork(EvaluateGateStep step, Map<String, String> environment) {
        this.policy = step.getPolicy();
        this.candidate = step.getCandidate();
        this.champion = step.getChampion();
        this.predictions = step.getPredictions();
        this.championPredictions = step.getChampionPredictions();
        this.junit = step.getJunit();
        this.environment = new LinkedHashMap<>(environment);
    }

    @Override
    public GateAnswer invoke(File directory, VirtualChannel channel) {
        try (Models models = new Models(directory.toPath(), environment)) {
            return judge(directory.toPath(), models);
        } catch (DeliveryException e) {
            return GateAnswer.refused(e);
        }
    }

    private GateAnswer judge(Path workspace, Models models) {
        requireArguments();
        byte[] yaml = policy(workspace);
        var request = new GateRequest(policy, new String(yaml, StandardCharsets.UTF_8),
                () -> models.candidate(candidate),
                () -> models.champion(champion, !championPredictions.isEmpty()), files(workspace), workspace);
        GateResult result = Gate.judge(request);
        if (!junit.isEmpty()) {
            ReportFile.write(workspace.resolve(junit), GateJUnit.of(result, policy));
        }
        ObjectNode evidence = GateJson.of(result);
        evidence.put("candidate", candidate);
        evidence.put("runId", Models.runId(candidate).orElse(null));
        evidence.put("policy", policy);
        evidence.put("policySha256", sha256(yaml));
        evidence.set("champion", models.championFacts().orElse(null));
        return GateAnswer.verdict(GateTable.of(result), evidence);
    }

    private void requireArguments() {
        require(!policy.isEmpty(), "policy is missing", "Name the policy: evaluateGate(policy: 'gate.yaml', …).");
        require(!candidate.isEmpty(), "candidate is missing",
                "Name a metrics file in the workspace or a run: candidate: training.uri.");
        require(championPredictions.isEmpty() || !predictions.isEmpty(), "championPredictions needs predictions",
                "Give the candidate's predictions for the same rows.");
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
            throw new DeliveryException(Code.CONFIG, policy + ": there is no such file in the workspace",
                    "Check the path; it is looked up from " + workspace + ".", e);
        } catch (IOException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": cannot be read: " + e.getMessage(),
                    "Make it a file that the agent may read.", e);
        }
    }

    private Optional<PredictionFiles> files(Path workspace) {
        return predictions.isEmpty() ? Optional.empty() : Optional.of(new PredictionFiles(workspace, predictions,
                Optional.of(championPredictions).filter(name -> !name.isEmpty())));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
