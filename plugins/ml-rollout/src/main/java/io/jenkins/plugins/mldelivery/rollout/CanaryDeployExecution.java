package io.jenkins.plugins.mldelivery.rollout;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A rollout as a Pipeline step: each look is a call to the agent. The truth is in the journal at the target, so after a
 * restart of the controller, or a lost agent, the next look goes on from what really is.
 */
final class CanaryDeployExecution extends LookingExecution {
    private static final long serialVersionUID = 1L;

    private final RolloutSettings settings;
    private final OutcomeHandling handling;
    private RolloutNews last;

    CanaryDeployExecution(StepContext context, RolloutSettings settings, OutcomeHandling handling) {
        super(context);
        this.settings = settings;
        this.handling = handling;
    }

    @Override
    public String getStatus() {
        return last == null ? beginning() : last.state + " " + last.weights;
    }

    @Override
    boolean hasBegun() {
        return last != null;
    }

    @Override
    void lookOnce() throws IOException, InterruptedException {
        boolean begun = last != null;
        RolloutNews news = getContext().get(FilePath.class).act(work());
        if (!news.waitsFor.isEmpty()) {
            awaitTurn(news.waitsFor);
            return;
        }
        last = news;
        if (!begun) {
            getContext().saveState(); // from here on a restart goes on with this rollout
        }
        recorder().record(last);
        goOn();
    }

    private RolloutWork work() throws IOException, InterruptedException {
        EnvVars environment = getContext().get(EnvVars.class);
        if (last == null) {
            return RolloutWork.start(
                    settings, environment, getContext().get(Run.class).toString());
        }
        int known = recorder().recorded(last.id);
        return isStopping() ? RolloutWork.abort(last, environment, known) : RolloutWork.tick(last, environment, known);
    }

    private void goOn() throws IOException, InterruptedException {
        if (last.finished) {
            conclude(new RolloutOutcome(last), handling);
        } else {
            lookIn(last.intervalMillis);
        }
    }
}
