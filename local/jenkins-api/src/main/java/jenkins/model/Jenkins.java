package jenkins.model;

import hudson.DescriptorExtensionList;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractCIBase;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.labels.LabelAtom;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.PlainText;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jvnet.hudson.reactor.ReactorException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** The controller. Without one, {@link LocalJenkins} stands in for it: extensions, descriptors, items and the home folder. */
public class Jenkins extends AbstractCIBase {
    public static final PermissionGroup PERMISSIONS = Permission.HUDSON_PERMISSIONS;
    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;
    public static final Permission MANAGE = permission("Manage", ADMINISTER);
    public static final Permission SYSTEM_READ = permission("SystemRead", ADMINISTER);
    public static final Permission READ = permission("Read", Permission.READ);
    public static final Authentication ANONYMOUS2 = new AnonymousAuthenticationToken(
            "anonymous", "anonymous", List.of(new SimpleGrantedAuthority("anonymous")));

    public final transient File root;
    private final transient Map<String, TopLevelItem> items = new TreeMap<>();

    protected Jenkins(File root, ServletContext context) throws IOException, InterruptedException, ReactorException {
        this.root = root;
    }

    public static Jenkins get() throws IllegalStateException {
        Jenkins instance = getInstanceOrNull();
        if (instance == null) {
            throw new IllegalStateException(
                    "Jenkins.instance is missing. Read the documentation of Jenkins.getInstanceOrNull to see what you are doing wrong.");
        }
        return instance;
    }

    public static Jenkins getInstanceOrNull() {
        return LocalJenkins.current();
    }

    /** Who this thread acts for. */
    public static Authentication getAuthentication2() {
        Authentication a = SecurityContextHolder.getContext().getAuthentication();
        return a == null ? ANONYMOUS2 : a;
    }

    private static Permission permission(String name, Permission impliedBy) {
        return new Permission(PERMISSIONS, name, new PlainText(name), impliedBy, PermissionScope.JENKINS);
    }

    @Override
    public File getRootDir() {
        return root;
    }

    public String getRootUrl() throws IllegalStateException {
        return JenkinsLocationConfiguration.get().getUrl();
    }

    public int getQuietPeriod() {
        return 5;
    }

    public boolean isQuietingDown() {
        return false;
    }

    public boolean isTerminating() {
        return false;
    }

    public boolean isUseSecurity() {
        return false;
    }

    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        return ExtensionList.lookup(extensionType);
    }

    public <T extends Describable<T>, D extends Descriptor<T>> DescriptorExtensionList<T, D> getDescriptorList(
            Class<T> type) {
        return DescriptorExtensionList.createDescriptorList(this, type);
    }

    public Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor descriptor : getExtensionList(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        return null;
    }

    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor descriptor = getDescriptor(type);
        if (descriptor == null) {
            throw new AssertionError(type + " is missing its descriptor");
        }
        return descriptor;
    }

    public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
        for (Descriptor descriptor : getExtensionList(Descriptor.class)) {
            if (descriptor.getClass() == type) {
                return type.cast(descriptor);
            }
        }
        return null;
    }

    @Override
    public Descriptor getDescriptorByName(String id) {
        return getDescriptor(id);
    }

    public Descriptor getDescriptor(String id) {
        for (Descriptor descriptor : getExtensionList(Descriptor.class)) {
            if (descriptor.getId().equals(id)) {
                return descriptor;
            }
        }
        return null;
    }

    @Override
    public synchronized List<TopLevelItem> getItems() {
        return new ArrayList<>(items.values());
    }

    @Override
    public synchronized TopLevelItem getItem(String name) throws AccessDeniedException {
        return items.get(name);
    }

    /** Null when absent or of another type. */
    public <T extends Item> T getItemByFullName(String fullName, Class<T> type) throws AccessDeniedException {
        ItemGroup<?> group = this;
        Item found = null;
        for (String part : fullName.split("/")) {
            found = group == null ? null : group.getItem(part);
            group = found instanceof ItemGroup<?> inner ? inner : null;
        }
        return type.isInstance(found) ? type.cast(found) : null;
    }

    public Item getItemByFullName(String fullName) {
        return getItemByFullName(fullName, Item.class);
    }

    public synchronized <I extends TopLevelItem> I add(I item, String name)
            throws IOException, IllegalArgumentException {
        if (items.putIfAbsent(name, item) != null) {
            throw new IllegalArgumentException("already an item '" + name + "'");
        }
        return item;
    }

    @Override
    public synchronized void onDeleted(TopLevelItem item) throws IOException {
        items.values().remove(item);
    }

    @Override
    public File getRootDirFor(TopLevelItem child) {
        return new File(new File(root, "jobs"), child.getName());
    }

    public File getBuildDirFor(Job job) {
        return new File(job.getRootDir(), "builds");
    }

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public String getFullDisplayName() {
        return "";
    }

    @Override
    public String getDisplayName() {
        return "Jenkins";
    }

    @Override
    public String getUrl() {
        return "";
    }

    @Override
    public String getUrlChildPrefix() {
        return "job";
    }

    @Override
    public String getSearchUrl() {
        return "";
    }

    @Override
    public void save() throws IOException {
        // the stand-in has no settings of its own
    }

    @Override
    public List<Node> getNodes() {
        return List.of();
    }

    public Node getNode(String name) {
        return null;
    }

    public Computer getComputer(String name) {
        return name.isEmpty() || name.equals("(built-in)") ? toComputer() : null;
    }

    public Label getLabel(String expr) {
        return expr == null ? null : new LabelAtom(expr);
    }

    @Override
    public Queue getQueue() {
        return null;
    }

    @Override
    public String getNodeName() {
        return "";
    }

    @Override
    public String getNodeDescription() {
        return "the Jenkins controller's built-in node";
    }

    @Override
    public int getNumExecutors() {
        return 2;
    }

    @Override
    public Mode getMode() {
        return Mode.NORMAL;
    }

    @Override
    public String getLabelString() {
        return "";
    }

    @Override
    public Launcher createLauncher(TaskListener listener) {
        return new Launcher.LocalLauncher(listener);
    }

    @Override
    public FilePath getWorkspaceFor(TopLevelItem item) {
        return new FilePath(new File(new File(root, "workspace"), item.getFullName()));
    }

    @Override
    public FilePath getRootPath() {
        return new FilePath(root);
    }

    @Override
    public Object getTarget() {
        return this;
    }

    @Override
    public Object getStaplerFallback() {
        return this;
    }
}
