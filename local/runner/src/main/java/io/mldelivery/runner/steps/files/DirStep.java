package io.mldelivery.runner.steps.files;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code dir}: another current folder for a block. */
public final class DirStep extends Step {
    private final String path;

    @DataBoundConstructor
    public DirStep(String path) {
        this.path = path;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, path);
    }

    private static final class Execution extends BlockExecution {
        private static final long serialVersionUID = 1L;
        private final String path;

        Execution(StepContext context, String path) {
            super(context);
            this.path = path;
        }

        @Override
        protected void prepare(BodyInvoker body) throws Exception {
            Path outer = Path.of(getContext().get(FilePath.class).getRemote());
            File folder = outer.resolve(path).normalize().toFile();
            log(getContext()).println("Running in " + folder);
            EnvironmentExpander before = getContext().get(EnvironmentExpander.class);
            EnvironmentExpander pwd = EnvironmentExpander.constant(Map.of("PWD", folder.getPath()));
            body.withContexts(new FilePath(folder), EnvironmentExpander.merge(before, pwd));
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("dir", true, TaskListener.class, FilePath.class);
        }
    }
}
