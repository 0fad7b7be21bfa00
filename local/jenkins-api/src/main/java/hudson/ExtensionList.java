package hudson;

import io.mldelivery.local.hooks.Extensions;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import jenkins.util.io.OnMaster;

/** All extensions of one type, highest ordinal first. The list is read once, from the sezpoz index. */
public class ExtensionList<T> extends AbstractList<T> implements OnMaster {
    public final Jenkins jenkins;
    public final Class<T> extensionType;
    private final List<T> added = new CopyOnWriteArrayList<>();
    private volatile List<T> found;

    protected ExtensionList(Jenkins jenkins, Class<T> extensionType) {
        this.jenkins = jenkins;
        this.extensionType = extensionType;
    }

    public static <T> ExtensionList<T> create(Jenkins jenkins, Class<T> type) {
        return new ExtensionList<>(jenkins, type);
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        return Extensions.listOf(type);
    }

    public static <U> U lookupSingleton(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }

    public static <U> U lookupFirst(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.isEmpty()) {
            throw new IllegalStateException("Found no instances of " + type.getName() + " registered");
        }
        return all.get(0);
    }

    public <U extends T> U get(Class<U> type) {
        for (T extension : this) {
            if (extension.getClass() == type) {
                return type.cast(extension);
            }
        }
        return null;
    }

    public <U extends T> U getInstance(Class<U> type) throws IllegalStateException {
        U extension = get(type);
        if (extension == null) {
            throw new IllegalStateException("The class " + type.getName() + " was not found");
        }
        return extension;
    }

    @Override
    public Iterator<T> iterator() {
        return Collections.unmodifiableList(all()).iterator();
    }

    @Override
    public T get(int index) {
        return all().get(index);
    }

    @Override
    public int size() {
        return all().size();
    }

    /** Adds an instance by hand, as tests do; it comes after the indexed ones. */
    @Override
    public boolean add(T extension) {
        return added.add(extension);
    }

    @Override
    public boolean remove(Object extension) {
        return added.remove(extension);
    }

    /** The indexed extensions of this list's type. */
    List<T> found() {
        return Extensions.find(extensionType);
    }

    private List<T> all() {
        if (found == null) {
            found = found();
        }
        if (added.isEmpty()) {
            return found;
        }
        List<T> all = new ArrayList<>(found);
        all.addAll(added);
        return all;
    }
}
