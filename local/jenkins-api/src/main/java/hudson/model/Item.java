package hudson.model;

import hudson.search.SearchableModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.mldelivery.local.hooks.PlainText;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;
import jenkins.model.Named;
import jenkins.util.io.OnMaster;

/** Something that has a place among jobs and folders. */
public interface Item
        extends PersistenceRoot,
                FullyNamedModelObject,
                SearchableModelObject,
                FullyNamed,
                Named,
                AccessControlled,
                OnMaster {
    PermissionGroup PERMISSIONS = new PermissionGroup(Item.class, new PlainText("Job"));
    Permission CREATE = permission("Create", Permission.CREATE, PermissionScope.ITEM_GROUP);
    Permission DELETE = permission("Delete", Permission.DELETE, PermissionScope.ITEM);
    Permission CONFIGURE = permission("Configure", Permission.CONFIGURE, PermissionScope.ITEM);
    Permission READ = permission("Read", Permission.READ, PermissionScope.ITEM);
    Permission DISCOVER = permission("Discover", READ, PermissionScope.ITEM);
    Permission EXTENDED_READ = permission("ExtendedRead", CONFIGURE, PermissionScope.ITEM);
    Permission BUILD = permission("Build", Permission.UPDATE, PermissionScope.ITEM);
    Permission WORKSPACE = permission("Workspace", Permission.READ, PermissionScope.ITEM);
    Permission WIPEOUT = permission("WipeOut", null, PermissionScope.ITEM);
    Permission CANCEL = permission("Cancel", Permission.UPDATE, PermissionScope.ITEM);

    private static Permission permission(String name, Permission impliedBy, PermissionScope scope) {
        return new Permission(PERMISSIONS, name, new PlainText(name), impliedBy, scope);
    }

    ItemGroup<? extends Item> getParent();

    Collection<? extends Job> getAllJobs();

    @Override
    String getName();

    @Override
    String getFullName();

    @Override
    String getDisplayName();

    @Override
    String getFullDisplayName();

    String getUrl();

    String getShortUrl();

    void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException;

    void onCopiedFrom(Item src);

    default void onCreatedFromScratch() {}

    @Override
    void save() throws IOException;

    void delete() throws IOException, InterruptedException;
}
