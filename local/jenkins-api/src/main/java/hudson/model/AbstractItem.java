package hudson.model;

import hudson.Util;
import hudson.XmlFile;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.mldelivery.local.hooks.Permissions;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.Loadable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Base of items. */
@ExportedBean
public abstract class AbstractItem extends Actionable
        implements Loadable, Item, AccessControlled, DescriptorByNameOwner {
    protected transient String name;
    protected volatile String description;
    protected String displayName;
    private transient ItemGroup parent;

    protected AbstractItem(ItemGroup parent, String name) {
        this.parent = parent;
        this.name = name;
    }

    @Override
    @Exported(visibility = 999)
    public String getName() {
        return name;
    }

    @Override
    @Exported
    public String getDisplayName() {
        return displayName != null ? displayName : name;
    }

    @Exported
    public String getDisplayNameOrNull() {
        return displayName;
    }

    public void setDisplayName(String displayName) throws IOException {
        this.displayName = Util.fixEmptyAndTrim(displayName);
        save();
    }

    @Override
    public File getRootDir() {
        return parent.getRootDirFor(this);
    }

    @Override
    public ItemGroup getParent() {
        return parent;
    }

    @Exported
    public String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        this.description = description;
        save();
    }

    @Override
    public abstract Collection<? extends Job> getAllJobs();

    @Override
    @Exported
    public final String getFullName() {
        String above = parent.getFullName();
        return above.isEmpty() ? name : above + "/" + name;
    }

    @Override
    @Exported
    public final String getFullDisplayName() {
        String above = parent.getFullDisplayName();
        return above.isEmpty() ? getDisplayName() : above + " » " + getDisplayName();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        this.parent = parent;
        this.name = name;
    }

    @Override
    public void onCopiedFrom(Item src) {}

    @Override
    public final String getUrl() {
        return parent.getUrl() + getShortUrl();
    }

    @Override
    public String getShortUrl() {
        return parent.getUrlChildPrefix() + "/" + Util.rawEncode(name) + "/";
    }

    @Override
    public String getSearchUrl() {
        return getShortUrl();
    }

    @Override
    public ACL getACL() {
        return Permissions.acl();
    }

    @Override
    public synchronized void save() throws IOException {
        getConfigFile().write(this);
    }

    @Override
    public void load() throws IOException {
        if (getConfigFile().exists()) {
            getConfigFile().unmarshal(this);
        }
    }

    public final XmlFile getConfigFile() {
        return new XmlFile(new File(getRootDir(), "config.xml"));
    }

    @Override
    public void delete() throws IOException, InterruptedException {
        checkPermission(DELETE);
        Util.deleteRecursive(getRootDir());
        removed();
    }

    @SuppressWarnings("unchecked")
    private void removed() throws IOException {
        parent.onDeleted(this);
    }

    @Override
    public String toString() {
        return super.toString() + '[' + getFullName() + ']';
    }
}
