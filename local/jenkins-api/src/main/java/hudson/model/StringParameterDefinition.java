package hudson.model;

import hudson.Extension;
import hudson.Util;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A line of text. */
public class StringParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;
    private String defaultValue;
    private boolean trim;

    @DataBoundConstructor
    public StringParameterDefinition(String name) {
        super(name);
    }

    public StringParameterDefinition(String name, String defaultValue, String description, boolean trim) {
        this(name);
        setDefaultValue(defaultValue);
        setDescription(description);
        setTrim(trim);
    }

    public StringParameterDefinition(String name, String defaultValue, String description) {
        this(name, defaultValue, description, false);
    }

    public StringParameterDefinition(String name, String defaultValue) {
        this(name, defaultValue, null, false);
    }

    public String getDefaultValue() {
        return trim ? Util.fixNull(defaultValue).trim() : defaultValue;
    }

    @DataBoundSetter
    public void setDefaultValue(String defaultValue) {
        this.defaultValue = Util.fixEmpty(defaultValue);
    }

    public boolean isTrim() {
        return trim;
    }

    @DataBoundSetter
    public void setTrim(boolean trim) {
        this.trim = trim;
    }

    @Override
    public StringParameterValue getDefaultParameterValue() {
        return new StringParameterValue(getName(), getDefaultValue(), getDescription());
    }

    @Override
    public ParameterValue createValue(String str) {
        return new StringParameterValue(getName(), trim ? Util.fixNull(str).trim() : str, getDescription());
    }

    /** Registers this kind of parameter. */
    @Extension
    @Symbol({"string", "stringParam"})
    public static class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "String Parameter";
        }
    }
}
