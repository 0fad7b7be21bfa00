package io.mldelivery.runner.steps.credentials;

import hudson.EnvVars;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** Variables whose values are not saved. */
final class SecretVariables extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;

    private final TreeSet<String> names = new TreeSet<>();
    private transient Map<String, String> values;

    synchronized void set(Map<String, String> bound) {
        names.clear();
        names.addAll(bound.keySet());
        values = new TreeMap<>(bound);
    }

    @Override
    public synchronized void expand(EnvVars environment) {
        if (values != null) {
            environment.overrideAll(values);
        }
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return names;
    }
}
