package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.jenkins.plugins.mldelivery.request.RetrainingDesk;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.model.Outcome;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Sends the check to the agent, then prints, records and returns what it found. */
final class DriftCheckExecution extends DeliveryStepExecution<DriftOutcome> {
    private static final long serialVersionUID = 1L;
    private static final String EVENT = "drift.checked";
    private static final int MOST_BUILDS = 60;
    private static final int MOST_CHARACTERS = 300;

    private final DriftCheckStep step;
    private final OutcomeHandling handling;

    DriftCheckExecution(StepContext context, DriftCheckStep step, OutcomeHandling handling) {
        super(context);
        this.step = step;
        this.handling = handling;
    }

    @Override
    protected DriftOutcome deliver() throws Exception {
        DriftCheckAnswer answer = getContext().get(FilePath.class).act(task());
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        if (answer.isRefused()) {
            throw new AbortException(answer.text());
        }
        answer.text().lines().forEach(line -> log.println("[drift] " + line));
        BuildEvidence.of(getContext().get(Run.class)).append(EVENT, answer.evidence());
        RetrainingAnswer retraining = retraining(answer);
        DriftOutcome outcome = answer.outcome(retraining.started());
        handling.apply(outcome, getContext());
        return outcome;
    }

    private FilePath.FileCallable<DriftCheckAnswer> task() throws Exception {
        String build = "#" + getContext().get(Run.class).getNumber();
        return step.isOnSpark()
                ? new SparkCheckTask(
                        step, environment(), history(), build, getContext().get(TaskListener.class))
                : new DriftCheckTask(step, environment(), history(), build);
    }

    /** Asks for a retraining when the step says so and retraining can help; says in log and evidence what became of it. */
    private RetrainingAnswer retraining(DriftCheckAnswer answer) throws Exception {
        if (!DriftReaction.isRetrain(step) || answer.outcome(false).outcome() != Outcome.FAIL) {
            return RetrainingAnswer.refused("not asked for");
        }
        Run<?, ?> run = getContext().get(Run.class);
        RetrainingAnswer decision = answer.isDrift()
                ? RetrainingDesk.ask(run, request(run, answer.outcome(false).getReason()))
                : RetrainingAnswer.refused(
                        "No column drifted and the model did not get worse: correct the data first.");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("trigger", step.getRetrain());
        event.put("model", model().orElse(null));
        event.put("started", decision.started());
        event.put("reason", decision.reason());
        BuildEvidence.of(run).append("retraining.requested", event);
        getContext()
                .get(TaskListener.class)
                .getLogger()
                .println("[drift] retraining " + (decision.started() ? "starts: " : "does not start: ")
                        + decision.reason());
        return decision;
    }

    private RetrainingRequest request(Run<?, ?> run, String reason) throws Exception {
        String line = reason.lines().findFirst().orElse("");
        return new RetrainingRequest(
                step.getRetrain(),
                model(),
                line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS - 1) + "…",
                lastPass(run),
                Instant.ofEpochMilli(run.getStartTimeInMillis()));
    }

    /** The registered model whose profile is the reference. */
    private Optional<String> model() {
        String reference = step.getReference() == null ? "" : step.getReference();
        return ProfileStore.isVersion(reference)
                ? Optional.of(reference.replaceFirst("^models:/+([^/@]+).*", "$1"))
                : Optional.empty();
    }

    /** When the same check last passed in a build before. */
    private Optional<Instant> lastPass(Run<?, ?> run) {
        Run<?, ?> build = run.getPreviousBuild();
        for (int i = 0; build != null && i < MOST_BUILDS; i++, build = build.getPreviousBuild()) {
            Optional<Instant> passed = BuildEvidence.of(build).events().stream()
                    .filter(this::isSameCheck)
                    .filter(event -> event.data().path("outcome").asText().equals(Outcome.PASS.name()))
                    .map(EvidenceEvent::time)
                    .max(Comparator.naturalOrder());
            if (passed.isPresent()) {
                return passed;
            }
        }
        return Optional.empty();
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
                && event.data().path("reference").asText().equals(Shown.source(step.getReference()))
                && event.data().path("current").asText().equals(Shown.source(step.getCurrent()))
                && event.data().path("policy").asText().equals(step.getPolicy());
    }

    private Map<String, String> environment() throws Exception {
        Map<String, String> environment = new LinkedHashMap<>(getContext().get(EnvVars.class));
        if (model().isPresent()) {
            environment.putAll(TrackingEnvironment.of(
                    getContext().get(Run.class), getContext().get(EnvVars.class)));
        }
        return environment;
    }
}
