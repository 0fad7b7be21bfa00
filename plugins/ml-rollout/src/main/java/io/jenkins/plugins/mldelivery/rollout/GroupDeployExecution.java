package io.jenkins.plugins.mldelivery.rollout;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Several rollouts with one verdict as a Pipeline step. Like a single one, it goes on after a restart from what really is. */
final class GroupDeployExecution extends LookingExecution {
    private static final long serialVersionUID = 1L;

    private final ArrayList<RolloutSettings> settings;
    private final OutcomeHandling handling;
    private GroupNews last;

    GroupDeployExecution(StepContext context, List<RolloutSettings> settings, OutcomeHandling handling) {
        super(context);
        this.settings = new ArrayList<>(settings);
        this.handling = handling;
    }

    @Override
    public String getStatus() {
        return last == null
                ? beginning()
                : last.members.stream()
                        .map(member -> member.targetName + " " + member.state + " " + member.weights)
                        .collect(Collectors.joining(", "));
    }

    @Override
    boolean hasBegun() {
        return last != null;
    }

    @Override
    void lookOnce() throws IOException, InterruptedException {
        boolean begun = last != null;
        GroupNews news = getContext().get(FilePath.class).act(work());
        if (!news.waitsFor.isEmpty()) {
            awaitTurn(news.waitsFor);
            return;
        }
        last = news;
        if (!begun) {
            getContext().saveState(); // from here on a restart goes on with these rollouts
        }
        for (RolloutNews member : last.members) {
            recorder().record(member);
        }
        goOn();
    }

    private GroupWork work() throws IOException, InterruptedException {
        EnvVars environment = getContext().get(EnvVars.class);
        String owner = getContext().get(Run.class).toString();
        if (last == null) {
            return GroupWork.start(settings, environment, owner);
        }
        ArrayList<Integer> known = new ArrayList<>();
        for (RolloutNews member : last.members) {
            known.add(recorder().recorded(member.id));
        }
        return GroupWork.look(last, environment, owner, known, isStopping());
    }

    private void goOn() throws IOException, InterruptedException {
        if (last.finished) {
            conclude(new RolloutOutcome(last), handling);
        } else {
            lookIn(last.intervalMillis());
        }
    }
}
