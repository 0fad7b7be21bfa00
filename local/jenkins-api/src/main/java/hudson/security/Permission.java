package hudson.security;

import io.mldelivery.local.hooks.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jvnet.localizer.Localizable;

/** A right that a person may have. */
public final class Permission {
    public static final Comparator<Permission> ID_COMPARATOR = Comparator.comparing(Permission::getId);

    public final Class owner;
    public final PermissionGroup group;
    public final String name;
    public final Localizable description;
    public final Permission impliedBy;
    public boolean enabled;
    private final Set<PermissionScope> scopes;

    public static final PermissionGroup HUDSON_PERMISSIONS =
            new PermissionGroup("Overall", jenkins.model.Jenkins.class, new PlainText("Overall"));
    public static final Permission HUDSON_ADMINISTER = new Permission(
            HUDSON_PERMISSIONS, "Administer", new PlainText("Administer"), null, PermissionScope.JENKINS);
    public static final PermissionGroup GROUP = new PermissionGroup(Permission.class, new PlainText("N/A"));
    public static final Permission READ = new Permission(GROUP, "GenericRead", HUDSON_ADMINISTER);
    public static final Permission WRITE = new Permission(GROUP, "GenericWrite", HUDSON_ADMINISTER);
    public static final Permission CREATE = new Permission(GROUP, "GenericCreate", WRITE);
    public static final Permission UPDATE = new Permission(GROUP, "GenericUpdate", WRITE);
    public static final Permission DELETE = new Permission(GROUP, "GenericDelete", WRITE);
    public static final Permission CONFIGURE = new Permission(GROUP, "GenericConfigure", UPDATE);

    public Permission(
            PermissionGroup group,
            String name,
            Localizable description,
            Permission impliedBy,
            boolean enable,
            PermissionScope[] scopes)
            throws IllegalStateException {
        if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
            throw new IllegalArgumentException("Not a Java identifier: " + name);
        }
        this.group = group;
        this.owner = group.owner;
        this.name = name;
        this.description = description;
        this.impliedBy = impliedBy;
        this.enabled = enable;
        this.scopes = Set.of(scopes);
        group.add(this);
    }

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {
        this(group, name, description, impliedBy, true, new PermissionScope[] {scope});
    }

    private Permission(PermissionGroup group, String name, Permission impliedBy) {
        this(group, name, new PlainText(name), impliedBy, PermissionScope.JENKINS);
    }

    public boolean isContainedBy(PermissionScope s) {
        return scopes.stream().anyMatch(scope -> scope.isContainedBy(s));
    }

    public String getId() {
        return owner.getName() + '.' + name;
    }

    public static Permission fromId(String id) {
        return getAll().stream().filter(p -> p.getId().equals(id)).findFirst().orElse(null);
    }

    public void setEnabled(boolean enable) {
        enabled = enable;
    }

    public boolean getEnabled() {
        return enabled;
    }

    public static List<Permission> getAll() {
        List<Permission> all = new ArrayList<>();
        PermissionGroup.getAll().forEach(group -> all.addAll(group.getPermissions()));
        return all;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Permission that && getId().equals(that.getId());
    }

    @Override
    public int hashCode() {
        return getId().hashCode();
    }

    @Override
    public String toString() {
        return "Permission[" + owner + "," + name + "]";
    }
}
