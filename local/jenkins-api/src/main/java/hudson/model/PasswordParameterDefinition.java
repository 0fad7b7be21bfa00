package hudson.model;

import hudson.Extension;
import hudson.util.Secret;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A secret. */
public class PasswordParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;
    private Secret defaultValue;

    @DataBoundConstructor
    public PasswordParameterDefinition(String name, Secret defaultValueAsSecret, String description) {
        super(name);
        this.defaultValue = defaultValueAsSecret;
        setDescription(description);
    }

    @Override
    public ParameterValue createValue(String value) {
        return new PasswordParameterValue(getName(), Secret.fromString(value), getDescription());
    }

    @Override
    public ParameterValue getDefaultParameterValue() {
        return new PasswordParameterValue(
                getName(), defaultValue == null ? Secret.fromString("") : defaultValue, getDescription());
    }

    public String getDefaultValue() {
        return Secret.toString(defaultValue);
    }

    /** Registers this kind of parameter. */
    @Extension
    @Symbol("password")
    public static final class ParameterDescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "Password Parameter";
        }
    }
}
