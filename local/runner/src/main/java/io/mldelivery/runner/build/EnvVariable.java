package io.mldelivery.runner.build;

import groovy.lang.GroovyObjectSupport;
import hudson.EnvVars;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** The global variable {@code env}: reads the environment of the enclosing steps, writes that of the whole build. */
public final class EnvVariable extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Object getProperty(String name) {
        return environment().get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        try {
            BuildSurroundings.current().setVariable(name, String.valueOf(value));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot save env." + name, e);
        }
    }

    /** All variables. */
    public Map<String, String> getEnvironment() {
        return new TreeMap<>(environment());
    }

    private static EnvVars environment() {
        return BuildSurroundings.current().currentEnvironment();
    }
}
