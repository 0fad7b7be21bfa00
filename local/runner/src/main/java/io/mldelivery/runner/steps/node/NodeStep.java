package io.mldelivery.runner.steps.node;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code node}: this machine and a workspace for a block. This machine has every label that is asked for. */
public final class NodeStep extends Step {
    private String label;

    @DataBoundConstructor
    public NodeStep(String label) {
        this.label = label == null || label.isBlank() ? null : label.trim();
    }

    /** A label expression. */
    @DataBoundSetter
    public void setLabel(String label) {
        this.label = label;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new NodeExecution(context, label);
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("node", true, Run.class, TaskListener.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(FilePath.class, Launcher.class, Computer.class, Node.class, EnvVars.class);
        }
    }
}
