package io.mldelivery.runner.steps.files;

import hudson.Extension;
import hudson.FilePath;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.RepeatableExecution;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code deleteDir}: deletes the current folder with all that is in it. */
public final class DeleteDirStep extends Step {
    @DataBoundConstructor
    public DeleteDirStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends RepeatableExecution<Void> {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, DeleteDirStep step) {
            super(context);
        }

        @Override
        protected Void run() throws Exception {
            FolderTree.delete(Path.of(getContext().get(FilePath.class).getRemote()));
            return null;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("deleteDir", false, FilePath.class);
        }
    }
}
