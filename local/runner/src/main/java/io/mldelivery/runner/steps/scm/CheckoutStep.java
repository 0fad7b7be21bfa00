package io.mldelivery.runner.steps.scm;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.RepeatableExecution;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code checkout scm}: copies the working tree that the Jenkinsfile lies in, with uncommitted changes and without
 * ignored files, and returns variables such as GIT_COMMIT as Jenkins' git plugin does.
 */
public final class CheckoutStep extends Step {
    private final LocalScm scm;

    @DataBoundConstructor
    public CheckoutStep(Object scm) {
        if (!(scm instanceof LocalScm local)) {
            throw new IllegalArgumentException(
                    "The runner only checks out the Jenkinsfile's own repository: checkout scm");
        }
        this.scm = local;
    }

    /** Jenkins asks later whether there are changes; a local build is started by hand. */
    @DataBoundSetter
    public void setPoll(boolean poll) {}

    /** Jenkins keeps a change log; a local build has none. */
    @DataBoundSetter
    public void setChangelog(boolean changelog) {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, scm);
    }

    private static final class Execution extends RepeatableExecution<Map<String, String>> {
        private static final long serialVersionUID = 1L;
        private final LocalScm scm;

        Execution(StepContext context, LocalScm scm) {
            super(context);
            this.scm = scm;
        }

        @Override
        protected Map<String, String> run() throws Exception {
            PrintStream log = BlockExecution.log(getContext());
            Path workspace = Path.of(getContext().get(FilePath.class).getRemote());
            WorkingTree tree = WorkingTree.around(Path.of(scm.folder()));
            log.println(tree.describe());
            if (tree.root().equals(workspace)) {
                log.println("The workspace is the working tree itself");
            } else {
                int count = new WorkspaceCopy(tree, workspace, Path.of(scm.home())).bringUpToDate();
                log.println("Copied " + count + " file(s) into " + workspace);
            }
            return new LinkedHashMap<>(tree.variables());
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("checkout", false, FilePath.class, TaskListener.class);
        }
    }
}
