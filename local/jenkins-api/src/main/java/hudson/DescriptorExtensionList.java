package hudson;

import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.List;
import jenkins.model.Jenkins;

/** The descriptors of one describable type. */
public class DescriptorExtensionList<T extends Describable<T>, D extends Descriptor<T>> extends ExtensionList<D> {
    private final Class<T> describableType;

    @SuppressWarnings("unchecked")
    protected DescriptorExtensionList(Jenkins jenkins, Class<T> describableType) {
        super(jenkins, (Class<D>) (Class<?>) Descriptor.class);
        this.describableType = describableType;
    }

    public static <T extends Describable<T>, D extends Descriptor<T>>
            DescriptorExtensionList<T, D> createDescriptorList(Jenkins jenkins, Class<T> describableType) {
        return new DescriptorExtensionList<>(jenkins, describableType);
    }

    public D find(Class<? extends T> type) {
        for (D descriptor : this) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        return null;
    }

    @Override
    List<D> found() {
        return super.found().stream()
                .filter(d -> describableType.isAssignableFrom(d.clazz))
                .toList();
    }
}
