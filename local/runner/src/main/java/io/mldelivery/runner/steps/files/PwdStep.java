package io.mldelivery.runner.steps.files;

import hudson.Extension;
import hudson.FilePath;
import io.mldelivery.runner.steps.BasicDescriptor;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code pwd}: the path of the current folder, or of a folder for temporary files beside it. */
public final class PwdStep extends Step {
    private boolean tmp;

    @DataBoundConstructor
    public PwdStep() {}

    /** Whether the folder for temporary files is meant. */
    @DataBoundSetter
    public void setTmp(boolean tmp) {
        this.tmp = tmp;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousStepExecution<String> {
        private static final long serialVersionUID = 1L;
        private final transient PwdStep step;

        Execution(StepContext context, PwdStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected String run() throws Exception {
            String folder = getContext().get(FilePath.class).getRemote();
            return step.tmp ? folder + "@tmp" : folder;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("pwd", false, FilePath.class);
        }
    }
}
