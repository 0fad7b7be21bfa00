package hudson.model;

import hudson.EnvVars;
import hudson.util.Secret;
import org.kohsuke.stapler.DataBoundConstructor;

/** A secret. */
public class PasswordParameterValue extends ParameterValue {
    private static final long serialVersionUID = 1L;
    private final Secret value;

    @Deprecated
    public PasswordParameterValue(String name, String value, String description) {
        this(name, Secret.fromString(value), description);
    }

    public PasswordParameterValue(String name, String value) {
        this(name, Secret.fromString(value), null);
    }

    @DataBoundConstructor
    public PasswordParameterValue(String name, Secret value, String description) {
        super(name, description);
        this.value = value;
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        export(env, Secret.toString(value));
    }

    @Override
    public boolean isSensitive() {
        return true;
    }

    @Override
    public Secret getValue() {
        return value;
    }

    @Override
    public String getShortDescription() {
        return name + "=****";
    }
}
