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
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.evidence.EvidenceEvent;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Sends the check to the agent, then prints, records and returns what it found. */
final class DriftCheckExecution extends DeliveryStepExecution<DriftOutcome> {
    private static final long serialVersionUID = 1L;
    private static final String EVENT = "drift.checked";
    private static final int MOST_BUILDS = 60;

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
        DriftCheckAnswer answer = workspace.act(new DriftCheckTask(
                step,
                environment(),
                history(),
                "#" + getContext().get(Run.class).getNumber()));
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        if (answer.isRefused()) {
            throw new AbortException(answer.text());
        }
        answer.text().lines().forEach(line -> log.println("[drift] " + line));
        BuildEvidence.of(getContext().get(Run.class)).append(EVENT, answer.evidence());
        DriftOutcome outcome = answer.outcome();
        handling.apply(outcome, getContext());
        return outcome;
    }

    /** The checks of the same data in the builds before, the oldest first. */
    private List<String> history() throws Exception {
        Deque<String> lines = new ArrayDeque<>();
        Run<?, ?> build = getContext().get(Run.class).getPreviousBuild();
        for (int i = 0; build != null && i < MOST_BUILDS; i++, build = build.getPreviousBuild()) {
            for (EvidenceEvent event : BuildEvidence.of(build).events()) {
                if (isSameCheck(event)) {
                    lines.addFirst(DriftHistory.line("#" + build.getNumber(), event.data()));
                }
            }
        }
        return new ArrayList<>(lines);
    }

    private boolean isSameCheck(EvidenceEvent event) {
        return event.type().equals(EVENT)
                && event.data().path("reference").asText().equals(step.getReference())
                && event.data().path("current").asText().equals(step.getCurrent())
                && event.data().path("policy").asText().equals(step.getPolicy());
    }

    private Map<String, String> environment() throws Exception {
        boolean needed = step.getReference() != null && ProfileStore.isVersion(step.getReference());
        return needed
                ? TrackingEnvironment.of(
                        getContext().get(Run.class), getContext().get(EnvVars.class))
                : Map.of();
    }
}
