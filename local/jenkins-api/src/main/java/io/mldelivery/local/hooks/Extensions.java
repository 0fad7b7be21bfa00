package io.mldelivery.local.hooks;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/**
 * Runner-only registry of extensions: reads the sezpoz index of all jars that its class loader sees, and makes each extension once.
 * {@link #use(ClassLoader)} starts afresh, which tests and the runner do before the first look-up. Thread-safe.
 */
public final class Extensions {
    private static final Extensions CURRENT = new Extensions();

    private final Map<Class<?>, ExtensionList<?>> lists = new ConcurrentHashMap<>();
    private final Map<String, Object> instances = new LinkedHashMap<>();
    private List<IndexItem<Extension, Object>> items;
    private ClassLoader loader;

    private Extensions() {}

    /** Forgets all extensions and reads the index through this loader from now on. */
    public static void use(ClassLoader loader) {
        CURRENT.restart(loader);
    }

    /** The one list of this extension type. */
    @SuppressWarnings("unchecked")
    public static <T> ExtensionList<T> listOf(Class<T> type) {
        return (ExtensionList<T>)
                CURRENT.lists.computeIfAbsent(type, t -> ExtensionList.create(Jenkins.getInstanceOrNull(), type));
    }

    /** The indexed extensions of this type, highest ordinal first, then by class name. */
    public static <T> List<T> find(Class<T> type) {
        return CURRENT.load(type);
    }

    private synchronized void restart(ClassLoader newLoader) {
        loader = newLoader;
        items = null;
        instances.clear();
        lists.clear();
    }

    private synchronized <T> List<T> load(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (IndexItem<Extension, Object> item : items()) {
            if (mayBe(item, type)) {
                Object instance = instance(item);
                if (type.isInstance(instance)) {
                    found.add(type.cast(instance));
                }
            }
        }
        return found;
    }

    private List<IndexItem<Extension, Object>> items() {
        if (items == null) {
            List<IndexItem<Extension, Object>> read = new ArrayList<>();
            Index.load(Extension.class, Object.class, loader()).forEach(read::add);
            read.sort(Comparator.comparingDouble(
                            (IndexItem<Extension, Object> i) -> -i.annotation().ordinal())
                    .thenComparing(Extensions::key));
            items = read;
        }
        return items;
    }

    private ClassLoader loader() {
        if (loader != null) {
            return loader;
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Extensions.class.getClassLoader();
    }

    private boolean mayBe(IndexItem<Extension, Object> item, Class<?> type) {
        try {
            return item.element() instanceof Class<?> extension
                    ? type.isAssignableFrom(extension)
                    : item.annotation() != null;
        } catch (InstantiationException | LinkageError e) {
            return optionalOrFail(item, e);
        }
    }

    private Object instance(IndexItem<Extension, Object> item) {
        Object known = instances.get(key(item));
        if (known != null) {
            return known;
        }
        try {
            Object made = item.instance();
            instances.put(key(item), made);
            loadSaved(made);
            return made;
        } catch (InstantiationException | LinkageError e) {
            optionalOrFail(item, e);
            return null;
        }
    }

    private static void loadSaved(Object extension) {
        if (extension instanceof Descriptor<?> descriptor && extension instanceof hudson.model.PersistentDescriptor) {
            descriptor.load();
        }
    }

    private static boolean optionalOrFail(IndexItem<Extension, Object> item, Throwable problem) {
        if (item.annotation().optional()) {
            return false;
        }
        throw new IllegalStateException("extension " + key(item) + " cannot be loaded: " + problem, problem);
    }

    private static String key(IndexItem<Extension, Object> item) {
        return item.memberName() == null ? item.className() : item.className() + "#" + item.memberName();
    }
}
