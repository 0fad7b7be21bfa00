package hudson.model;

import hudson.EnvVars;
import hudson.Util;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.export.Exported;

/** One line of text. */
public class StringParameterValue extends ParameterValue {
    private static final long serialVersionUID = 1L;

    @Exported(visibility = 4)
    public String value;

    @DataBoundConstructor
    public StringParameterValue(String name, String value) {
        this(name, value, null);
    }

    public StringParameterValue(String name, String value, String description) {
        super(name, description);
        this.value = Util.fixNull(value);
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        export(env, value);
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public String toString() {
        return "(StringParameterValue) " + getName() + "='" + value + "'";
    }

    @Override
    public String getShortDescription() {
        return name + '=' + value;
    }
}
