package io.jenkins.plugins.mldelivery.gate;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.holdout.HoldoutUse;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Has the agent judge, then prints, records and returns the verdict. */
final class EvaluateGateExecution extends DeliveryStepExecution<GateOutcome> {
    private static final long serialVersionUID = 1L;
    private static final int ATTEMPTS = 10;
    /** What running models may need of the step's environment: the server, Python and where packages come from. */
    private static final Pattern FOR_MODELS =
            Pattern.compile("MLDELIVERY_(SERVING|HOME|PYTHON)|PATH|PIP_[A-Z_]+|(?i:https?_proxy|no_proxy)");

    private final EvaluateGateStep step;
    private final OutcomeHandling handling;

    EvaluateGateExecution(StepContext context, EvaluateGateStep step, OutcomeHandling handling) {
        super(context);
        this.step = step;
        this.handling = handling;
    }

    @Override
    protected GateOutcome deliver() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        GateAnswer answer = judge(run, log);
        if (answer.isRefused()) {
            throw new AbortException(answer.text());
        }
        answer.text().lines().forEach(line -> log.println("[gate] " + line));
        BuildEvidence.of(run).append("gate.evaluated", answer.evidence());
        GateOutcome outcome = answer.outcome(address(run));
        if (answer.isUnstable()) {
            log.println("UNSTABLE: a rule of severity unstable does not pass");
            run.setResult(Result.UNSTABLE);
        }
        handling.apply(outcome, getContext());
        return outcome;
    }

    /** Judges, and again when another build decided by the same evaluation set in the meantime. */
    private GateAnswer judge(Run<?, ?> run, PrintStream log) throws Exception {
        EnvVars variables = getContext().get(EnvVars.class);
        Map<String, String> environment = TrackingEnvironment.of(run, variables);
        variables.forEach((name, value) -> {
            if (FOR_MODELS.matcher(name).matches()) {
                environment.put(name, value);
            }
        });
        TaskListener listener = getContext().get(TaskListener.class);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GateKnowledge knowledge = GateKnowledge.of(run, variables, log);
            GateAnswer answer =
                    getContext().get(FilePath.class).act(new GateWork(step, environment, knowledge, listener));
            Optional<Allowance> allowance = answer.allowance();
            if (allowance.isEmpty() || recorded(run, allowance.get(), answer)) {
                return answer;
            }
        }
        throw new AbortException("other builds keep deciding by the same evaluation set\nRun this build again.");
    }

    private static boolean recorded(Run<?, ?> run, Allowance allowance, GateAnswer answer) {
        return GateKnowledge.holdoutFile(run.getParent())
                .record(
                        allowance,
                        new HoldoutUse(
                                allowance.decision(),
                                run.getFullDisplayName(),
                                Instant.now(),
                                allowance.alpha(),
                                answer.word()));
    }

    /** Where the report is; relative to Jenkins when it does not know its own address. */
    private static String address(Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl() + "model-delivery/";
    }

    /** Judging again gives the same verdict, so a restart in the middle is no reason to fail. */
    @Override
    public void onResume() {
        try {
            start();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }
}
