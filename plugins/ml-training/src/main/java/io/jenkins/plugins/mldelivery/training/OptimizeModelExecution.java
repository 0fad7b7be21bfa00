package io.jenkins.plugins.mldelivery.training;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Lets the agent optimise the model, and records what came of it. */
final class OptimizeModelExecution extends DeliveryStepExecution<OptimizationResult> {
    private static final long serialVersionUID = 1L;

    private final OptimizeModelStep step;

    OptimizeModelExecution(StepContext context, OptimizeModelStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected OptimizationResult deliver() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        EnvVars variables = getContext().get(EnvVars.class);
        TaskListener listener = getContext().get(TaskListener.class);
        OptimizationWork work = new OptimizationWork(step, variables, TrackingEnvironment.of(run, variables), listener);
        OptimizationResult result = getContext().get(FilePath.class).act(work);
        BuildEvidence.of(run).append("model.optimized", facts(result));
        listener.getLogger().println("[training] " + said(result));
        return result;
    }

    private Map<String, Object> facts(OptimizationResult result) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("method", step.getMethod());
        facts.put("model", step.getModel());
        facts.put("output", step.getOutput());
        facts.put("runId", step.runId());
        facts.put(
                "before",
                Map.of(
                        "sha256",
                        result.sha256Before,
                        "bytes",
                        result.getBytesBefore(),
                        "p50Ms",
                        result.getP50MsBefore(),
                        "p99Ms",
                        result.p99MsBefore));
        facts.put(
                "after",
                Map.of(
                        "sha256",
                        result.sha256,
                        "bytes",
                        result.getBytes(),
                        "p50Ms",
                        result.getP50Ms(),
                        "p99Ms",
                        result.p99Ms));
        facts.put("largestDifference", result.getLargestDifference());
        facts.put("changedLabels", result.getChangedLabels());
        facts.put("quantizedNodes", result.getQuantizedNodes());
        facts.put("rows", result.rows);
        facts.put("onnxruntime", result.onnxruntime);
        facts.put("environmentDigest", result.environmentDigest);
        return facts;
    }

    private String said(OptimizationResult result) {
        String nothing = !step.getMethod().equals("graph") && result.getQuantizedNodes() == 0
                ? "; there was nothing to quantize in it"
                : "";
        return String.format(
                Locale.ROOT,
                "%s optimised (%s): %d -> %d bytes, one row %.4f -> %.4f ms (median), largest difference %.3g,"
                        + " %d of %d labels changed%s",
                step.getModel(),
                step.getMethod(),
                result.getBytesBefore(),
                result.getBytes(),
                result.getP50MsBefore(),
                result.getP50Ms(),
                result.getLargestDifference(),
                result.getChangedLabels(),
                result.rows,
                nothing);
    }
}
