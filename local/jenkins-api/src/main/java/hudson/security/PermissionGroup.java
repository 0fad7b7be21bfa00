package hudson.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvnet.localizer.Localizable;

/** Permissions that belong together. */
public final class PermissionGroup implements Iterable<Permission>, Comparable<PermissionGroup> {
    private static final List<PermissionGroup> ALL = new CopyOnWriteArrayList<>();
    private final List<Permission> permissions = new CopyOnWriteArrayList<>();
    private final String id;
    public final Class owner;
    public final Localizable title;

    public PermissionGroup(Class owner, Localizable title) throws IllegalStateException {
        this(title.toString(java.util.Locale.ENGLISH), owner, title);
    }

    public PermissionGroup(String id, Class owner, Localizable title) throws IllegalStateException {
        this.id = id;
        this.owner = owner;
        this.title = title;
        ALL.add(this);
    }

    public String getId() {
        return id;
    }

    public String getOwnerClassName() {
        return owner.getName();
    }

    @Override
    public Iterator<Permission> iterator() {
        return getPermissions().iterator();
    }

    public synchronized List<Permission> getPermissions() {
        List<Permission> sorted = new ArrayList<>(permissions);
        sorted.sort(Comparator.comparing(Permission::getId));
        return sorted;
    }

    synchronized void add(Permission permission) {
        permissions.add(permission);
    }

    public synchronized Permission find(String name) {
        return permissions.stream().filter(p -> p.name.equals(name)).findFirst().orElse(null);
    }

    public synchronized int size() {
        return permissions.size();
    }

    @Override
    public int compareTo(PermissionGroup that) {
        return getOwnerClassName().compareTo(that.getOwnerClassName());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PermissionGroup that && getOwnerClassName().equals(that.getOwnerClassName());
    }

    @Override
    public int hashCode() {
        return getOwnerClassName().hashCode();
    }

    @Override
    public String toString() {
        return "PermissionGroup[" + getOwnerClassName() + "]";
    }

    public static synchronized List<PermissionGroup> getAll() {
        return List.copyOf(ALL);
    }

    public static synchronized PermissionGroup get(Class owner) {
        return ALL.stream().filter(g -> g.owner == owner).findFirst().orElse(null);
    }
}
