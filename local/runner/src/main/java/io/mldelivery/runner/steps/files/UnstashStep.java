package io.mldelivery.runner.steps.files;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.RepeatableExecution;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code unstash}: puts stashed files into the workspace. */
public final class UnstashStep extends Step {
    private final String name;

    @DataBoundConstructor
    public UnstashStep(String name) {
        this.name = name;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends RepeatableExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final String name;

        Execution(StepContext context, UnstashStep step) {
            super(context);
            this.name = step.name;
        }

        @Override
        protected Void run() throws Exception {
            Stash stash = Stash.of(getContext().get(Run.class).getRootDir().toPath(), name);
            if (!stash.exists()) {
                throw new AbortException("No such saved stash ‘" + name + "’");
            }
            stash.restore(Path.of(getContext().get(FilePath.class).getRemote()));
            return null;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("unstash", false, Run.class, FilePath.class, TaskListener.class);
        }
    }
}
