package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import io.jenkins.plugins.mldelivery.rollout.RolloutNews.TargetText;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.rollout.control.ModelRegistry;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.local.LocalRollouts;
import io.mldelivery.rollout.mlflow.MlflowModels;
import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.targets.TargetFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What the steps' arguments mean on the agent: files of the workspace, targets, models. */
final class OnAgent {
    private final Map<String, String> environment;
    private final ModelRegistry registry;

    OnAgent(Map<String, String> environment, ModelRegistry registry) {
        this.environment = environment;
        this.registry = registry;
    }

    /** A rollout that was asked for, ready to begin. */
    record Asked(String targetName, TargetText target, Rollouts rollouts, Request request) {}

    private static Mlflow connect(Map<String, String> environment) {
        String uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
        if (uri.isBlank()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLFLOW_TRACKING_URI is not set",
                    "Set it to the address of the MLflow server, globally or on the agent.");
        }
        return Mlflow.connect(URI.create(uri), environment);
    }

    /** Something that is done with the models of the registry. */
    interface Work<T> {
        T with(OnAgent agent, MlflowModels models) throws InterruptedException;
    }

    /** Does it connected to MLflow; a failure becomes the two lines that a build shows. */
    static <T> T connected(Map<String, String> environment, Work<T> work) throws IOException, InterruptedException {
        try (Mlflow mlflow = connect(environment)) {
            var models = new MlflowModels(mlflow);
            return work.with(new OnAgent(environment, models), models);
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    Rollouts rollouts(TargetText text, String name) {
        var local = new LocalRollouts(home(), servingJar(), registry, Clock.systemUTC(), environment);
        return text.yaml.isEmpty()
                ? local.of(name)
                : TargetFile.parse(text.source, text.yaml, text.template)
                        .open(local, registry, Clock.systemUTC(), environment);
    }

    /** @param group names the group; empty: none */
    Asked asked(Path workspace, MlflowModels models, RolloutSettings settings, String owner, Optional<String> group) {
        TargetText text = target(workspace, settings.place.file);
        RegisteredVersion model = models.resolve(settings.model);
        Request request = request(workspace, settings, model, owner, group);
        String name = request.target().orElse(model.name());
        return new Asked(name, text, rollouts(text, name), request);
    }

    private static Request request(
            Path workspace, RolloutSettings settings, RegisteredVersion model, String owner, Optional<String> group) {
        String source = settings.plan.source(workspace);
        String text = settings.plan.text(workspace);
        Optional<String> replay =
                settings.replay.isEmpty() ? RolloutPlan.parse(source, text).replay() : Optional.of(settings.replay);
        return new Request(
                model.name(),
                model.version(),
                present(settings.place.name),
                owner,
                source,
                text,
                replay.map(file -> readable(workspace.resolve(file), file)),
                present(settings.drill),
                group);
    }

    /** The target's file and its template; both are kept with the rollout. */
    static TargetText target(Path workspace, String file) {
        if (file.isEmpty()) {
            return TargetText.ON_AGENT;
        }
        TargetFile described = TargetFile.read(workspace.resolve(file));
        return new TargetText(file, text(workspace.resolve(file), file), described.template());
    }

    static String text(Path file, String asWritten) {
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

    static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Path home() {
        String home = environment.getOrDefault("MLDELIVERY_HOME", "");
        return home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache", "mldelivery") : Path.of(home);
    }

    private Optional<Path> servingJar() {
        return present(environment.getOrDefault("MLDELIVERY_SERVING", "").trim())
                .map(Path::of);
    }
}
