package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Has the agent summarize the table and prints what was kept. */
final class DriftProfileExecution extends DeliveryStepExecution<Void> {
    private static final long serialVersionUID = 1L;

    private final DriftProfileStep step;

    DriftProfileExecution(StepContext context, DriftProfileStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Void deliver() throws Exception {
        if (step.getRun().isEmpty() && step.getOutput().isEmpty()) {
            throw new AbortException("driftProfile: neither run nor output is given" + System.lineSeparator()
                    + "Name the training run that keeps the profile, or a file to write.");
        }
        Map<String, String> environment = new LinkedHashMap<>(getContext().get(EnvVars.class));
        if (!step.getRun().isEmpty()) {
            environment.putAll(TrackingEnvironment.of(
                    getContext().get(Run.class), getContext().get(EnvVars.class)));
        }
        TaskListener listener = getContext().get(TaskListener.class);
        String done = getContext()
                .get(FilePath.class)
                .act(
                        step.isOnSpark()
                                ? new SparkProfileTask(step, environment, listener)
                                : new DriftProfileTask(step, environment));
        listener.getLogger().println("[drift] " + done);
        return null;
    }
}
