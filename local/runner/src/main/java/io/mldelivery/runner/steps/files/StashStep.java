package io.mldelivery.runner.steps.files;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.RepeatableExecution;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code stash}: keeps files of the workspace for later in the build. */
public final class StashStep extends Step {
    private final String name;
    private String includes;
    private String excludes;
    private boolean useDefaultExcludes = true;
    private boolean allowEmpty;

    @DataBoundConstructor
    public StashStep(String name) {
        this.name = name;
    }

    /** Ant patterns; absent means all files. */
    @DataBoundSetter
    public void setIncludes(String includes) {
        this.includes = includes;
    }

    /** Ant patterns of what to leave out. */
    @DataBoundSetter
    public void setExcludes(String excludes) {
        this.excludes = excludes;
    }

    /** Whether version control folders and the like are left out. */
    @DataBoundSetter
    public void setUseDefaultExcludes(boolean useDefaultExcludes) {
        this.useDefaultExcludes = useDefaultExcludes;
    }

    /** Whether having no file is fine. */
    @DataBoundSetter
    public void setAllowEmpty(boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends RepeatableExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final String includes;
        private final String excludes;
        private final boolean useDefaultExcludes;
        private final boolean allowEmpty;

        Execution(StepContext context, StashStep step) {
            super(context);
            this.name = step.name;
            this.includes = step.includes;
            this.excludes = step.excludes;
            this.useDefaultExcludes = step.useDefaultExcludes;
            this.allowEmpty = step.allowEmpty;
        }

        @Override
        protected Void run() throws Exception {
            Path workspace = Path.of(getContext().get(FilePath.class).getRemote());
            List<String> files = AntPattern.files(workspace, includes, excludes, useDefaultExcludes);
            if (files.isEmpty() && !allowEmpty) {
                throw new AbortException("No files included in stash ‘" + name + "’");
            }
            Stash.of(getContext().get(Run.class).getRootDir().toPath(), name).store(workspace, files);
            BlockExecution.log(getContext()).println("Stashed " + files.size() + " file(s)");
            return null;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("stash", false, Run.class, FilePath.class, TaskListener.class);
        }
    }
}
