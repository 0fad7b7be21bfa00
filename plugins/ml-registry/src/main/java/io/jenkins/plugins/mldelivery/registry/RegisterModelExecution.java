package io.jenkins.plugins.mldelivery.registry;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Checks the gate on the controller, where the evidence is, and registers from the agent. */
final class RegisterModelExecution extends DeliveryStepExecution<ModelVersion> {
    private static final long serialVersionUID = 1L;

    private final RegisterModelStep step;

    RegisterModelExecution(StepContext context, RegisterModelStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected ModelVersion deliver() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        BuildEvidence evidence = BuildEvidence.of(run);
        Map<String, String> tags =
                new LinkedHashMap<>(GateClearance.check(step.getGate(), step.runId(), evidence.events()));
        tags.put("mldelivery.build", run.getParent().getFullName() + " #" + run.getNumber());
        Map<String, String> environment =
                TrackingEnvironment.of(run, getContext().get(EnvVars.class));
        RegisteredAnswer answer = getContext().get(FilePath.class).act(new RegistrationWork(step, tags, environment));
        record(evidence, answer);
        say(answer);
        return new ModelVersion(step.getName(), answer.version, answer.runId, answer.digest);
    }

    private void record(BuildEvidence evidence, RegisteredAnswer answer) {
        Map<String, Object> registered = new LinkedHashMap<>();
        registered.put("name", step.getName());
        registered.put("version", answer.version);
        registered.put("runId", answer.runId);
        registered.put("digest", answer.digest);
        registered.put("alias", step.getAlias());
        registered.put("created", answer.created);
        evidence.append("model.registered", registered);
        if (!step.getAlias().isEmpty()) {
            Map<String, Object> alias = new LinkedHashMap<>();
            alias.put("name", step.getName());
            alias.put("alias", step.getAlias());
            alias.put("version", answer.version);
            alias.put("previous", answer.previous.isEmpty() ? null : answer.previous);
            evidence.append("alias.set", alias);
        }
    }

    private void say(RegisteredAnswer answer) throws Exception {
        String what = answer.created ? "registered as" : "is registered already as";
        String alias = step.getAlias().isEmpty() ? "" : "; " + step.getAlias() + " points to it";
        getContext()
                .get(TaskListener.class)
                .getLogger()
                .println("[registry] model " + answer.digest.substring(0, 12) + " " + what + " models:/"
                        + step.getName() + "/" + answer.version + alias);
    }

    /** Registering again gives the same version, so a restart in the middle is no reason to fail. */
    @Override
    public void onResume() {
        try {
            start();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }
}
