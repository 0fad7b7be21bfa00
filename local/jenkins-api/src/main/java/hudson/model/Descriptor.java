package hudson.model;

import hudson.XmlFile;
import hudson.security.Permission;
import hudson.util.FormValidation;
import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;
import jenkins.util.io.OnMaster;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.TypeUtil;

/** Metadata of a {@link Describable} class, one object a class; its own fields are settings that {@link #save()} keeps. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable, OnMaster {
    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz == self() ? own(getClass()) : clazz;
    }

    /** The described class is the one that encloses this descriptor. */
    @SuppressWarnings("unchecked")
    protected Descriptor() {
        Class<?> outer = getClass().getEnclosingClass();
        if (outer == null) {
            throw new AssertionError(getClass()
                    + " doesn't have an outer class. Use the constructor that takes the Class object explicitly.");
        }
        Type base = TypeUtil.getBaseClass(getClass(), Descriptor.class);
        if (base instanceof ParameterizedType) {
            Class<?> type = TypeUtil.erasure(TypeUtil.getTypeArgument(base, 0));
            if (!type.isAssignableFrom(outer)) {
                throw new AssertionError("Outer class " + outer + " of " + getClass() + " is not assignable to " + type
                        + ". Perhaps wrong outer class?");
            }
        }
        this.clazz = (Class<? extends T>) outer;
    }

    @SuppressWarnings("unchecked")
    private Class<? extends T> own(Class<?> descriptor) {
        return (Class<? extends T>) descriptor;
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    public String getId() {
        return clazz.getName();
    }

    @SuppressWarnings("unchecked")
    public Class<T> getT() {
        Type subTyping = TypeUtil.getBaseClass(getClass(), Descriptor.class);
        if (!(subTyping instanceof ParameterizedType)) {
            throw new IllegalStateException(getClass() + " doesn't extend Descriptor with a type parameter.");
        }
        return TypeUtil.erasure(TypeUtil.getTypeArgument(subTyping, 0));
    }

    public String getDescriptorUrl() {
        return "descriptorByName/" + getId();
    }

    public FormValidation.CheckMethod getCheckMethod(String fieldName) {
        return new FormValidation.CheckMethod(this, fieldName);
    }

    public final boolean isInstance(T instance) {
        return clazz.isInstance(instance);
    }

    public final boolean isSubTypeOf(Class type) {
        return type.isAssignableFrom(clazz);
    }

    /** Makes an instance from a submitted form. */
    public T newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        try {
            return req == null ? clazz.getDeclaredConstructor().newInstance() : req.bindJSON(clazz, formData);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new FormException("Failed to instantiate " + clazz + " from the form", e, null);
        }
    }

    /** Takes a submitted global configuration form; true means success. */
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    public String getGlobalConfigPage() {
        return null;
    }

    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    public Permission getRequiredGlobalConfigPagePermission() {
        return Jenkins.ADMINISTER;
    }

    /** Writes the settings to a file of this descriptor's id in Jenkins' home. */
    @Override
    public synchronized void save() {
        try {
            getConfigFile().write(this);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save " + getConfigFile(), e);
        }
    }

    /** Reads the settings back; a missing file leaves the defaults. */
    @Override
    public synchronized void load() {
        if (Jenkins.getInstanceOrNull() == null || !getConfigFile().exists()) {
            return;
        }
        try {
            getConfigFile().unmarshal(this);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load " + getConfigFile(), e);
        }
    }

    protected XmlFile getConfigFile() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), getId() + ".xml"));
    }

    @SuppressWarnings("varargs")
    @SafeVarargs
    public static <T> List<T> toList(T... values) {
        return new java.util.ArrayList<>(Arrays.asList(values));
    }

    public static <T extends Descriptor> T findById(Collection<? extends T> list, String id) {
        for (T descriptor : list) {
            if (descriptor.getId().equals(id)) {
                return descriptor;
            }
        }
        return null;
    }

    /** Marks a describable that is its own descriptor. */
    public static final class Self {
        private Self() {}
    }

    protected static Class self() {
        return Self.class;
    }

    /** A form that cannot be accepted, with the field at fault. */
    public static final class FormException extends Exception implements HttpResponse {
        private static final long serialVersionUID = 1L;
        private final String formField;

        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
            this.formField = formField;
        }

        public FormException(Throwable cause, String formField) {
            super(cause);
            this.formField = formField;
        }

        public String getFormField() {
            return formField;
        }

        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                throws IOException, ServletException {
            rsp.sendError(400, getMessage());
        }
    }
}
