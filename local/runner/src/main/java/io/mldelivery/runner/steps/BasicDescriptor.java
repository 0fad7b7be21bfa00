package io.mldelivery.runner.steps;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A step's name, whether it takes a block, and the context that it requires. */
public abstract class BasicDescriptor extends StepDescriptor {
    private final String function;
    private final boolean block;
    private final Set<Class<?>> required;

    protected BasicDescriptor(String function, boolean block, Class<?>... required) {
        this.function = function;
        this.block = block;
        this.required = new LinkedHashSet<>(List.of(required));
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public String getDisplayName() {
        return function;
    }

    @Override
    public boolean takesImplicitBlockArgument() {
        return block;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return required;
    }
}
