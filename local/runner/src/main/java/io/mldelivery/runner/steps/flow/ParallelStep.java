package io.mldelivery.runner.steps.flow;

import groovy.lang.Closure;
import hudson.Extension;
import hudson.model.TaskListener;
import io.mldelivery.runner.machine.BranchingStep;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** {@code parallel}: runs named closures side by side; {@code failFast: true} stops the others when one fails. */
public final class ParallelStep extends Step {
    private final LinkedHashMap<String, Closure<?>> branches;
    private final boolean failFast;

    ParallelStep(Map<String, Closure<?>> branches, boolean failFast) {
        this.branches = new LinkedHashMap<>(branches);
        this.failFast = failFast;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ParallelExecution(context, branches, failFast);
    }

    /** Names the step and takes its arguments, whose names are those of the branches. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor implements BranchingStep {
        public DescriptorImpl() {
            super("parallel", false, TaskListener.class);
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) {
            Map<String, Closure<?>> branches = new LinkedHashMap<>();
            boolean failFast = false;
            for (Map.Entry<String, Object> argument : arguments.entrySet()) {
                if (argument.getKey().equals("failFast") && argument.getValue() instanceof Boolean value) {
                    failFast = value;
                } else if (argument.getValue() instanceof Closure<?> branch) {
                    branches.put(argument.getKey(), branch);
                } else {
                    throw new IllegalArgumentException("Expected a closure or failFast but found " + argument.getKey()
                            + "=" + argument.getValue());
                }
            }
            return new ParallelStep(branches, failFast);
        }
    }
}
