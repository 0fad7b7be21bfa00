package io.jenkins.plugins.mldelivery.drift;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code driftProfile(reference: …, run: …)}: summarizes a table in the workspace and keeps the summary with a training
 * run, so that {@code driftCheck(reference: 'models:/name@champion')} finds it.
 */
public final class DriftProfileStep extends EngineStep {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private String policy = "";
    private String run = "";
    private String output = "";

    @DataBoundConstructor
    public DriftProfileStep(String reference) {
        this.reference = reference;
    }

    public String getReference() {
        return reference;
    }

    public String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        this.policy = policy == null ? "" : policy.trim();
    }

    public String getRun() {
        return run;
    }

    @DataBoundSetter
    public void setRun(String run) {
        this.run = run == null ? "" : run.trim();
    }

    public String getOutput() {
        return output;
    }

    @DataBoundSetter
    public void setOutput(String output) {
        this.output = output == null ? "" : output.trim();
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        checkEngine();
        return new DriftProfileExecution(context, this);
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "driftProfile";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Summarize data as a reference for drift checks";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, Run.class, TaskListener.class, EnvVars.class);
        }
    }
}
