package io.mldelivery.runner.steps.files;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.RepeatableExecution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code archiveArtifacts}: keeps files of the workspace with the build. */
public final class ArchiveArtifactsStep extends Step {
    private final String artifacts;
    private String excludes;
    private boolean allowEmptyArchive;
    private boolean onlyIfSuccessful;
    private boolean fingerprint;
    private boolean defaultExcludes = true;
    private boolean caseSensitive = true;
    private boolean followSymlinks = true;

    @DataBoundConstructor
    public ArchiveArtifactsStep(String artifacts) {
        this.artifacts = artifacts;
    }

    /** Ant patterns of what to leave out. */
    @DataBoundSetter
    public void setExcludes(String excludes) {
        this.excludes = excludes;
    }

    /** Whether having no file is fine. */
    @DataBoundSetter
    public void setAllowEmptyArchive(boolean allowEmptyArchive) {
        this.allowEmptyArchive = allowEmptyArchive;
    }

    /** Whether a build that failed keeps nothing. */
    @DataBoundSetter
    public void setOnlyIfSuccessful(boolean onlyIfSuccessful) {
        this.onlyIfSuccessful = onlyIfSuccessful;
    }

    /** Whether an MD5 of each file is kept in the build folder, as Jenkins keeps fingerprints. */
    @DataBoundSetter
    public void setFingerprint(boolean fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Whether version control folders and the like are left out. */
    @DataBoundSetter
    public void setDefaultExcludes(boolean defaultExcludes) {
        this.defaultExcludes = defaultExcludes;
    }

    /** Whether upper and lower case differ in the patterns. */
    @DataBoundSetter
    public void setCaseSensitive(boolean caseSensitive) {
        this.caseSensitive = caseSensitive;
    }

    /** Whether the files that links point to are kept. */
    @DataBoundSetter
    public void setFollowSymlinks(boolean followSymlinks) {
        this.followSymlinks = followSymlinks;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends RepeatableExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final String artifacts;
        private final String excludes;
        private final boolean allowEmptyArchive;
        private final boolean onlyIfSuccessful;
        private final boolean fingerprint;
        private final boolean defaultExcludes;
        private final boolean caseSensitive;
        private final boolean followSymlinks;

        Execution(StepContext context, ArchiveArtifactsStep step) {
            super(context);
            this.artifacts = step.artifacts;
            this.excludes = step.excludes;
            this.allowEmptyArchive = step.allowEmptyArchive;
            this.onlyIfSuccessful = step.onlyIfSuccessful;
            this.fingerprint = step.fingerprint;
            this.defaultExcludes = step.defaultExcludes;
            this.caseSensitive = step.caseSensitive;
            this.followSymlinks = step.followSymlinks;
        }

        @Override
        protected Void run() throws Exception {
            Run<?, ?> build = getContext().get(Run.class);
            PrintStream log = BlockExecution.log(getContext());
            if (onlyIfSuccessful
                    && build.getResult() != null
                    && build.getResult().isWorseThan(Result.UNSTABLE)) {
                log.println("Skipped archiving because build is not successful");
                return null;
            }
            log.println("Archiving artifacts");
            Path workspace = Path.of(getContext().get(FilePath.class).getRemote());
            List<String> files = AntPattern.files(workspace, artifacts, excludes, defaultExcludes, caseSensitive);
            if (files.isEmpty()) {
                reportNothing(log, workspace);
                return null;
            }
            new Archive(build.getRootDir().toPath()).store(workspace, files, fingerprint, followSymlinks);
            if (fingerprint) {
                log.println("Recording fingerprints");
            }
            return null;
        }

        private void reportNothing(PrintStream log, Path workspace) throws IOException {
            log.println(new MissedPattern(workspace, caseSensitive).explain(artifacts));
            String reason =
                    "No artifacts found that match the file pattern \"" + artifacts + "\". Configuration error?";
            if (!allowEmptyArchive) {
                throw new AbortException(reason);
            }
            log.println(reason);
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("archiveArtifacts", false, Run.class, FilePath.class, TaskListener.class);
        }
    }
}
