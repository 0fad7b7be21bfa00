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
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Has the agent judge, then prints, records and returns the verdict. */
final class EvaluateGateExecution extends DeliveryStepExecution<GateOutcome> {
    private static final long serialVersionUID = 1L;

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
        var environment = TrackingEnvironment.of(run, getContext().get(EnvVars.class));
        GateAnswer answer = getContext().get(FilePath.class).act(new GateWork(step, environment));
        if (answer.isRefused()) {
            throw new AbortException(answer.text());
        }
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        answer.text().lines().forEach(line -> log.println("[gate] " + line));
        BuildEvidence.of(run).append("gate.evaluated", answer.evidence());
        GateOutcome outcome = answer.outcome();
        if (answer.isUnstable()) {
            log.println("UNSTABLE: a rule of severity unstable does not pass");
            run.setResult(Result.UNSTABLE);
        }
        handling.apply(outcome, getContext());
        return outcome;
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
