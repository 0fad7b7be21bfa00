package io.mldelivery.runner.steps.node;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.mldelivery.runner.build.Workspaces;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code ws}: a workspace of another name for a block. */
public final class WorkspaceStep extends Step {
    private final String dir;

    @DataBoundConstructor
    public WorkspaceStep(String dir) {
        this.dir = dir;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, dir);
    }

    private static final class Execution extends BlockExecution {
        private static final long serialVersionUID = 1L;
        private final String dir;
        private String folder;

        Execution(StepContext context, String dir) {
            super(context);
            this.dir = dir;
        }

        @Override
        protected void prepare(BodyInvoker body) throws Exception {
            Workspaces workspaces = getContext().get(Workspaces.class);
            Path workspace = workspaces.lease(workspaces.home().resolve(dir).normalize());
            folder = workspace.toString();
            Files.createDirectories(workspace);
            log(getContext()).println("Running in " + folder);
            EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
            EnvironmentExpander inner =
                    EnvironmentExpander.constant(Map.of("WORKSPACE", folder, "WORKSPACE_TMP", folder + "@tmp"));
            body.withContexts(new FilePath(workspace.toFile()), EnvironmentExpander.merge(outer, inner));
        }

        @Override
        protected BodyExecutionCallback callback() {
            return new Ended(this);
        }

        @Override
        public void onResume() {
            try {
                getContext().get(Workspaces.class).leaseAgain(Path.of(folder));
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
            }
        }
    }

    private static final class Ended extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final Execution execution;

        Ended(Execution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) throws Exception {
            context.get(Workspaces.class).release(Path.of(execution.folder));
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("ws", true, TaskListener.class, FilePath.class);
        }
    }
}
