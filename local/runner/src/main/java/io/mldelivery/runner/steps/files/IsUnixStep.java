package io.mldelivery.runner.steps.files;

import hudson.Extension;
import hudson.FilePath;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.io.File;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code isUnix}: whether the block runs on a Unix-like system. */
public final class IsUnixStep extends Step {
    @DataBoundConstructor
    public IsUnixStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousStepExecution<Boolean> {
        private static final long serialVersionUID = 1L;
        private final transient IsUnixStep step;

        Execution(StepContext context, IsUnixStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected Boolean run() throws Exception {
            return File.pathSeparatorChar == ':';
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("isUnix", false, FilePath.class);
        }
    }
}
