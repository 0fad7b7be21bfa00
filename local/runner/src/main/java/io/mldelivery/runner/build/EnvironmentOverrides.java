package io.mldelivery.runner.build;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables that the script sets on {@code env}; kept with the build. */
public final class EnvironmentOverrides extends InvisibleAction implements EnvironmentContributingAction {
    private final Map<String, String> variables = new LinkedHashMap<>();

    synchronized void set(String name, String value) {
        variables.put(name, value);
    }

    @Override
    public synchronized void buildEnvironment(Run<?, ?> run, EnvVars environment) {
        environment.overrideAll(variables);
    }
}
