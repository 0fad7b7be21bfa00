package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.rollout.local.LocalRollouts;
import io.mldelivery.rollout.local.LocalRollouts.Request;
import io.mldelivery.rollout.mlflow.MlflowModels;
import io.mldelivery.rollout.plan.RolloutPlan;
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
    private final String id;
    private final int knownEvents;

    private RolloutWork(Kind kind, RolloutSettings settings, Map<String, String> environment, String owner,
            String targetName, String id, int knownEvents) {
        this.kind = kind;
        this.settings = settings;
        this.environment = new LinkedHashMap<>(environment);
        this.owner = owner;
        this.targetName = targetName;
        this.id = id;
        this.knownEvents = knownEvents;
    }

    static RolloutWork start(RolloutSettings settings, Map<String, String> environment, String owner) {
        return new RolloutWork(Kind.START, settings, environment, owner, "", "", 0);
    }

    static RolloutWork tick(RolloutNews last, Map<String, String> environment, int knownEvents) {
        return new RolloutWork(Kind.TICK, null, environment, last.version, last.targetName, last.id, knownEvents);
    }

    static RolloutWork abort(RolloutNews last, Map<String, String> environment, int knownEvents) {
        return new RolloutWork(Kind.ABORT, null, environment, last.version, last.targetName, last.id, knownEvents);
    }

    @Override
    public RolloutNews invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        try (Mlflow mlflow = Mlflow.connect(trackingUri(), environment)) {
            var models = new MlflowModels(mlflow);
            var rollouts = new LocalRollouts(home(), servingJar(), models, Clock.systemUTC());
            return switch (kind) {
                case START -> start(workspace.toPath(), models, rollouts);
                case TICK -> new RolloutNews(targetName, owner, rollouts.tick(targetName, id, knownEvents));
                case ABORT -> abort(rollouts);
            };
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    private RolloutNews abort(LocalRollouts rollouts) throws InterruptedException {
        rollouts.abort(targetName, id);
        return new RolloutNews(targetName, owner, rollouts.tick(targetName, id, knownEvents));
    }

    private RolloutNews start(Path workspace, MlflowModels models, LocalRollouts rollouts) throws InterruptedException {
        RegisteredVersion model = models.resolve(settings.model);
        Request request = request(workspace, model);
        String target = request.target().orElse(model.name());
        if (rollouts.serves(request)) {
            return RolloutNews.servesAlready(target, model.version(), rollouts.address(target).orElse(""));
        }
        return new RolloutNews(target, model.version(), rollouts.start(request));
    }

    private Request request(Path workspace, RegisteredVersion model) {
        String text = read(workspace.resolve(settings.plan));
        Optional<String> replay = settings.replay.isEmpty()
                ? RolloutPlan.parse(settings.plan, text).replay()
                : Optional.of(settings.replay);
        return new Request(model.name(), model.version(), present(settings.targetName), owner, settings.plan, text,
                replay.map(file -> readable(workspace.resolve(file), file)), present(settings.drill));
    }

    private String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DeliveryException(Code.CONFIG, "cannot read the rollout plan " + settings.plan + " in the workspace",
                    "Check the step's argument plan, and that the file is checked out or unstashed.", e);
        }
    }

    private static String readable(Path file, String asWritten) {
        if (!Files.isReadable(file)) {
            throw new DeliveryException(Code.DATA, "cannot read the requests to replay, " + asWritten + " in the workspace",
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
            throw new DeliveryException(Code.CONFIG, "MLFLOW_TRACKING_URI is not set",
                    "Set it to the address of the MLflow server, globally or on the agent.");
        }
        return URI.create(uri);
    }

    private Path home() {
        String home = environment.getOrDefault("MLDELIVERY_HOME", "");
        return home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache", "mldelivery") : Path.of(home);
    }

    private Optional<Path> servingJar() {
        return present(environment.getOrDefault("MLDELIVERY_SERVING", "").trim()).map(Path::of);
    }
}
