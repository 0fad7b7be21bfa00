package hudson.model;

import hudson.ExtensionPoint;
import hudson.Util;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A parameter that builds of a job take. */
@ExportedBean(defaultVisibility = 3)
public abstract class ParameterDefinition implements Describable<ParameterDefinition>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;
    private final String name;
    private String description;

    protected ParameterDefinition(String name) {
        if (Util.fixEmptyAndTrim(name) == null) {
            throw new IllegalArgumentException("Parameter name cannot be null or empty");
        }
        this.name = name;
    }

    @Exported
    public String getType() {
        return getClass().getSimpleName();
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmpty(description);
    }

    @Override
    public ParameterDescriptor getDescriptor() {
        return (ParameterDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }

    @Exported
    public ParameterValue getDefaultParameterValue() {
        return null;
    }

    public boolean isValid(ParameterValue value) {
        return true;
    }

    /** Describes a kind of parameter. */
    public abstract static class ParameterDescriptor extends Descriptor<ParameterDefinition> {
        protected ParameterDescriptor(Class<? extends ParameterDefinition> klazz) {
            super(klazz);
        }

        protected ParameterDescriptor() {}

        @Override
        public String getDisplayName() {
            return "Parameter";
        }
    }
}
