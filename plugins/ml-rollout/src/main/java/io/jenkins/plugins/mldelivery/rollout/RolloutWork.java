package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.mldelivery.rollout.RolloutNews.TargetText;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.local.LocalRollouts;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.mlflow.MlflowModels;
import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.targets.TargetFile;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
        try (Mlflow mlflow = Mlflow.connect(trackingUri(), environment)) {
            var models = new MlflowModels(mlflow);
            return switch (kind) {
                case START -> start(workspace.toPath(), models);
                case TICK ->
                    new RolloutNews(
                            targetName,
                            target,
                            rollouts(models, target, targetName).tick(id, knownEvents));
                case ABORT -> abort(rollouts(models, target, targetName));
            };
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    private Rollouts rollouts(MlflowModels models, TargetText text, String name) {
        var local = new LocalRollouts(home(environment), servingJar(), models, Clock.systemUTC(), environment);
        return text.yaml.isEmpty()
                ? local.of(name)
                : TargetFile.parse(text.source, text.yaml, text.template)
                        .open(local, models, Clock.systemUTC(), environment);
    }

    private RolloutNews abort(Rollouts rollouts) throws InterruptedException {
        rollouts.abort(id);
        return new RolloutNews(targetName, target, rollouts.tick(id, knownEvents));
    }

    private RolloutNews start(Path workspace, MlflowModels models) throws InterruptedException {
        TargetText text = read(workspace, settings.place.file);
        if (settings.returns) {
            String name = settings.place.name.isEmpty() ? settings.model : settings.place.name;
            return new RolloutNews(
                    name, text, rollouts(models, text, name).startReturn(present(settings.version), owner));
        }
        RegisteredVersion model = models.resolve(settings.model);
        Request request = request(workspace, model);
        String name = request.target().orElse(model.name());
        Rollouts rollouts = rollouts(models, text, name);
        if (rollouts.serves(request)) {
            return RolloutNews.servesAlready(
                    name, model.version(), rollouts.address().orElse(""));
        }
        Optional<String> busy = settings.waits ? rollouts.busy() : Optional.empty();
        return busy.isPresent()
                ? RolloutNews.waits(name, rollouts.label() + ": " + busy.get())
                : new RolloutNews(name, text, rollouts.start(request));
    }

    /** The target's file and its template; both are kept with the rollout. */
    static TargetText read(Path workspace, String file) {
        if (file.isEmpty()) {
            return TargetText.ON_AGENT;
        }
        TargetFile described = TargetFile.read(workspace.resolve(file));
        return new TargetText(file, text(workspace.resolve(file), file), described.template());
    }

    private Request request(Path workspace, RegisteredVersion model) {
        String text = read(workspace.resolve(settings.plan));
        Optional<String> replay = settings.replay.isEmpty()
                ? RolloutPlan.parse(settings.plan, text).replay()
                : Optional.of(settings.replay);
        return new Request(
                model.name(),
                model.version(),
                present(settings.place.name),
                owner,
                settings.plan,
                text,
                replay.map(file -> readable(workspace.resolve(file), file)),
                present(settings.drill));
    }

    private String read(Path file) {
        return text(file, settings.plan);
    }

    private static String text(Path file, String asWritten) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "cannot read " + asWritten + " in the workspace",
                    "Check the step's arguments plan and target, and that the file is checked out or unstashed.",
                    e);
        }
    }

    private static String readable(Path file, String asWritten) {
        if (!Files.isReadable(file)) {
            throw new DeliveryException(
                    Code.DATA,
                    "cannot read the requests to replay, " + asWritten + " in the workspace",
                    "Check the plan's key replay; the file holds one JSON body a line.");
        }
        return file.toAbsolutePath().toString();
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private URI trackingUri() {
        String uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
        if (uri.isBlank()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLFLOW_TRACKING_URI is not set",
                    "Set it to the address of the MLflow server, globally or on the agent.");
        }
        return URI.create(uri);
    }

    static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("MLDELIVERY_HOME", "");
        return home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache", "mldelivery") : Path.of(home);
    }

    private Optional<Path> servingJar() {
        return present(environment.getOrDefault("MLDELIVERY_SERVING", "").trim())
                .map(Path::of);
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
                TargetText text = read(workspace.toPath(), place.file);
                var local = new LocalRollouts(home(environment), Optional.empty(), new NoRegistry(), Clock.systemUTC());
                Rollouts rollouts = text.yaml.isEmpty()
                        ? local.of(place.name)
                        : TargetFile.parse(text.source, text.yaml, text.template)
                                .open(local, new NoRegistry(), Clock.systemUTC(), environment);
                String id = rollouts.underWay();
                rollouts.leave(id, promote ? Command.PROMOTE : Command.ABORT);
                return id;
            } catch (DeliveryException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }
}
