package io.mldelivery.runner.steps.credentials;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withCredentials}: variables with secrets for a block; the log shows stars in their place. */
public final class WithCredentialsStep extends Step {
    private final List<CredentialBinding> bindings;

    @DataBoundConstructor
    public WithCredentialsStep(List<CredentialBinding> bindings) {
        this.bindings = new ArrayList<>(bindings);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new WithCredentialsExecution(context, bindings);
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("withCredentials", true, Run.class, TaskListener.class);
        }
    }
}
