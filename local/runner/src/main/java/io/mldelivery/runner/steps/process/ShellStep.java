package io.mldelivery.runner.steps.process;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sh}: runs a shell script in the workspace. */
public final class ShellStep extends Step {
    private final String script;
    private boolean returnStdout;
    private boolean returnStatus;
    private String encoding;
    private String label;

    @DataBoundConstructor
    public ShellStep(String script) {
        if (script == null) {
            throw new IllegalArgumentException();
        }
        this.script = script;
    }

    /** Whether the step returns what the script prints instead of logging it. */
    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        this.returnStdout = returnStdout;
    }

    /** Whether the step returns the exit status instead of failing for one that is not zero. */
    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    /** Of the returned text; absent means UTF-8. */
    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding == null || encoding.isBlank() ? null : encoding.trim();
    }

    /** What pages show instead of the script. */
    @DataBoundSetter
    public void setLabel(String label) {
        this.label = label == null || label.isBlank() ? null : label;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ShellExecution(context, script, returnStdout, returnStatus, encoding, label);
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("sh", false, Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }
    }
}
