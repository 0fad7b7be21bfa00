package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.mldelivery.rollout.OnAgent.Asked;
import io.jenkins.plugins.mldelivery.rollout.RolloutNews.TargetText;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.mlflow.MlflowModels;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** One piece of a rollout's work, done on the agent. */
final class RolloutWork extends MasterToSlaveFileCallable<RolloutNews> {
    private static final long serialVersionUID = 1L;

    private enum Kind {
        START,
        TICK,
        ABORT
    }

    private final Kind kind;
    private final RolloutSettings settings;
    private final LinkedHashMap<String, String> environment;
    private final String owner;
    private final String targetName;
    private final TargetText target;
    private final String id;
    private final int knownEvents;

    private RolloutWork(
            Kind kind,
            RolloutSettings settings,
            Map<String, String> environment,
            String owner,
            RolloutNews last,
            int knownEvents) {
        this.kind = kind;
        this.settings = settings;
        this.environment = new LinkedHashMap<>(environment);
        this.owner = owner;
        this.targetName = last == null ? "" : last.targetName;
        this.target = last == null ? TargetText.ON_AGENT : last.target;
        this.id = last == null ? "" : last.id;
        this.knownEvents = knownEvents;
    }

    static RolloutWork start(RolloutSettings settings, Map<String, String> environment, String owner) {
        return new RolloutWork(Kind.START, settings, environment, owner, null, 0);
    }

    static RolloutWork tick(RolloutNews last, Map<String, String> environment, int knownEvents) {
        return new RolloutWork(Kind.TICK, null, environment, "", last, knownEvents);
    }

    static RolloutWork abort(RolloutNews last, Map<String, String> environment, int knownEvents) {
        return new RolloutWork(Kind.ABORT, null, environment, "", last, knownEvents);
    }

    @Override
    public RolloutNews invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        return OnAgent.connected(environment, (agent, models) -> switch (kind) {
            case START -> start(workspace.toPath(), agent, models);
            case TICK ->
                new RolloutNews(
                        targetName, target, agent.rollouts(target, targetName).tick(id, knownEvents));
            case ABORT -> abort(agent.rollouts(target, targetName));
        });
    }

    private RolloutNews abort(Rollouts rollouts) throws InterruptedException {
        rollouts.abort(id);
        return new RolloutNews(targetName, target, rollouts.tick(id, knownEvents));
    }

    private RolloutNews start(Path workspace, OnAgent agent, MlflowModels models) throws InterruptedException {
        if (settings.returns) {
            TargetText text = OnAgent.target(workspace, settings.place.file);
            String name = settings.place.name.isEmpty() ? settings.model : settings.place.name;
            return new RolloutNews(
                    name, text, agent.rollouts(text, name).startReturn(OnAgent.present(settings.version), owner));
        }
        Asked asked = agent.asked(workspace, models, settings, owner, Optional.empty());
        Rollouts rollouts = asked.rollouts();
        if (rollouts.serves(asked.request())) {
            return RolloutNews.servesAlready(
                    asked.targetName(),
                    rollouts.label(),
                    asked.request().model(),
                    asked.request().version(),
                    rollouts.address().orElse(""));
        }
        Optional<String> busy = settings.waits ? rollouts.busy() : Optional.empty();
        return busy.isPresent()
                ? RolloutNews.waits(asked.targetName(), rollouts.label() + ": " + busy.get())
                : new RolloutNews(asked.targetName(), asked.target(), rollouts.start(asked.request()));
    }

    /** Leaves a decision for whoever controls the rollout under way on a target. Needs no registry. */
    static final class Decide extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final RolloutSettings.Place place;
        private final boolean promote;
        private final LinkedHashMap<String, String> environment;

        Decide(RolloutSettings.Place place, boolean promote, Map<String, String> environment) {
            this.place = place;
            this.promote = promote;
            this.environment = new LinkedHashMap<>(environment);
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            try {
                TargetText text = OnAgent.target(workspace.toPath(), place.file);
                Rollouts rollouts = new OnAgent(environment, new NoRegistry()).rollouts(text, place.name);
                String id = rollouts.underWay();
                rollouts.leave(id, promote ? Command.PROMOTE : Command.ABORT);
                return id;
            } catch (DeliveryException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }
}
