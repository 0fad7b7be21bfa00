package hudson.model;

import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.mldelivery.local.hooks.Permissions;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import jenkins.model.Jenkins;
import jenkins.model.ModelObjectWithContextMenu;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A person or a service account. Here users exist as soon as they are asked for with {@code create}. */
public class User extends AbstractModelObject
        implements AccessControlled, DescriptorByNameOwner, Comparable<User>, ModelObjectWithContextMenu {
    private static final ConcurrentMap<String, User> ALL = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String id;
    private volatile String fullName;

    private User(String id, String fullName) {
        this.id = id;
        this.fullName = fullName;
    }

    public static User getById(String id, boolean create) {
        return create ? ALL.computeIfAbsent(id, name -> new User(name, name)) : ALL.get(id);
    }

    public static User getOrCreateByIdOrFullName(String idOrFullName) {
        return getById(idOrFullName, true);
    }

    /** The user of this thread; null for nobody and for the system. */
    public static User current() {
        return get2(Jenkins.getAuthentication2());
    }

    public static User get2(Authentication a) {
        if (a == null || a.equals(ACL.SYSTEM2) || ACL.isAnonymous2(a)) {
            return null;
        }
        return getById(a.getName(), true);
    }

    public static Collection<User> getAll() {
        return ALL.values();
    }

    public String getId() {
        return id;
    }

    public String getFullName() {
        return fullName;
    }

    public void setFullName(String name) {
        fullName = name;
    }

    @Override
    public String getDisplayName() {
        return fullName;
    }

    public String getUrl() {
        return "user/" + hudson.Util.rawEncode(id);
    }

    @Override
    public String getSearchUrl() {
        return "/user/" + hudson.Util.rawEncode(id);
    }

    public Authentication impersonate2() throws UsernameNotFoundException {
        return new UsernamePasswordAuthenticationToken(id, "", List.of());
    }

    @Override
    public ACL getACL() {
        return Permissions.acl();
    }

    @Override
    public int compareTo(User that) {
        return id.compareToIgnoreCase(that.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
