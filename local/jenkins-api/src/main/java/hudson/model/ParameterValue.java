package hudson.model;

import hudson.EnvVars;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A parameter's value in one build. */
@ExportedBean(defaultVisibility = 3)
public abstract class ParameterValue implements Serializable {
    private static final long serialVersionUID = 1L;
    protected final String name;
    private String description;

    protected ParameterValue(String name, String description) {
        this.name = name;
        this.description = description;
    }

    protected ParameterValue(String name) {
        this(name, null);
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    @Exported
    public final String getName() {
        return name;
    }

    public void buildEnvironment(Run<?, ?> build, EnvVars env) {}

    public boolean isSensitive() {
        return false;
    }

    public Object getValue() {
        return null;
    }

    public String getShortDescription() {
        return toString();
    }

    /** Sets the variable under its name and, as Jenkins does, in upper case. */
    final void export(EnvVars env, String value) {
        env.put(name, value);
        env.put(name.toUpperCase(Locale.ENGLISH), value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, getValue());
    }

    @Override
    public boolean equals(Object obj) {
        return obj != null
                && obj.getClass() == getClass()
                && Objects.equals(name, ((ParameterValue) obj).name)
                && Objects.equals(getValue(), ((ParameterValue) obj).getValue());
    }
}
