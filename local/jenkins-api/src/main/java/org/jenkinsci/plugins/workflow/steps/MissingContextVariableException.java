package org.jenkinsci.plugins.workflow.steps;

import java.util.ArrayList;
import java.util.List;

/** A step was called where something it needs is missing. */
public class MissingContextVariableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Class<?> type;
    private final String functionName;

    public MissingContextVariableException(Class<?> type, StepDescriptor d) {
        this.type = type;
        this.functionName = d.getFunctionName();
    }

    public Class<?> getType() {
        return type;
    }

    @Override
    public String getMessage() {
        StringBuilder message =
                new StringBuilder("Required context ").append(type).append(" is missing");
        List<String> names =
                getProviders().stream().map(StepDescriptor::getFunctionName).toList();
        if (!names.isEmpty()) {
            message.append("\nPerhaps you forgot to surround the ")
                    .append(functionName)
                    .append(" step with a step that provides this, such as: ")
                    .append(String.join(", ", names));
        }
        return message.toString();
    }

    public List<StepDescriptor> getProviders() {
        List<StepDescriptor> providers = new ArrayList<>();
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (descriptor.getProvidedContext().stream().anyMatch(type::isAssignableFrom)) {
                providers.add(descriptor);
            }
        }
        return providers;
    }
}
