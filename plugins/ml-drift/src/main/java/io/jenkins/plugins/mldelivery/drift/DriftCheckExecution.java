package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import io.mldelivery.drift.lineage.ProfileStore;
import java.io.PrintStream;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Sends the check to the agent, then prints, records and returns what it found. */
final class DriftCheckExecution extends DeliveryStepExecution<DriftOutcome> {
    private static final long serialVersionUID = 1L;

    private final DriftCheckStep step;
    private final OutcomeHandling handling;

    DriftCheckExecution(StepContext context, DriftCheckStep step, OutcomeHandling handling) {
        super(context);
        this.step = step;
        this.handling = handling;
    }

    @Override
    protected DriftOutcome deliver() throws Exception {
        FilePath workspace = getContext().get(FilePath.class);
        DriftCheckAnswer answer = workspace.act(new DriftCheckTask(step, environment()));
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        if (answer.isRefused()) {
            throw new AbortException(answer.text());
        }
        answer.text().lines().forEach(line -> log.println("[drift] " + line));
        BuildEvidence.of(getContext().get(Run.class)).append("drift.checked", answer.evidence());
        DriftOutcome outcome = answer.outcome();
        handling.apply(outcome, getContext());
        return outcome;
    }

    private Map<String, String> environment() throws Exception {
        boolean needed = step.getReference() != null && ProfileStore.isVersion(step.getReference());
        return needed
                ? TrackingEnvironment.of(getContext().get(Run.class), getContext().get(EnvVars.class))
                : Map.of();
    }
}
