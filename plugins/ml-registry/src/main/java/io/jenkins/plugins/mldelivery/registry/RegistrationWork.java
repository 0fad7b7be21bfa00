package io.jenkins.plugins.mldelivery.registry;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.Registration;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Registers a model from the agent, which has the way to MLflow and the disk to digest the model. */
final class RegistrationWork extends MasterToSlaveFileCallable<RegisteredAnswer> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String runId;
    private final String path;
    private final String alias;
    private final LinkedHashMap<String, String> tags;
    private final LinkedHashMap<String, String> environment;

    RegistrationWork(RegisterModelStep step, Map<String, String> tags, Map<String, String> environment) {
        this.name = step.getName();
        this.runId = step.runId();
        this.path = step.getPath();
        this.alias = step.getAlias();
        this.tags = new LinkedHashMap<>(tags);
        this.environment = new LinkedHashMap<>(environment);
    }

    @Override
    public RegisteredAnswer invoke(File workspace, VirtualChannel channel) throws IOException {
        Path scratch = Files.createTempDirectory("model");
        try (Mlflow mlflow = Mlflow.connect(TrackingServer.of(environment), environment)) {
            return register(mlflow, scratch);
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        } finally {
            Scratch.delete(scratch);
        }
    }

    private RegisteredAnswer register(Mlflow mlflow, Path scratch) throws IOException {
        TrackedRun run = mlflow.tracking().run(runId);
        if (run.status() != RunStatus.FINISHED) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "the model was not registered: run " + runId + " is " + run.status() + ", not FINISHED",
                    "Register a run that ended well.");
        }
        String commit = run.tags().getOrDefault("mlflow.source.git.commit", "");
        if (!commit.isEmpty()) {
            tags.put("mldelivery.commit", commit);
        }
        var request = new Registration.Request(name, runId, path, alias, tags);
        Registration.Result result = new Registration(mlflow).register(request, scratch);
        return new RegisteredAnswer(
                result.version().version(),
                result.version().runId(),
                result.digest(),
                result.created(),
                result.previous().orElse(""));
    }
}
