package hudson.model;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.labels.LabelAtom;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.Permissions;
import java.util.Set;
import jenkins.util.io.OnMaster;

/** A machine that runs builds, as configured. */
public abstract class Node extends AbstractModelObject
        implements ExtensionPoint, AccessControlled, OnMaster, PersistenceRoot {
    @Override
    public String getDisplayName() {
        return getNodeName();
    }

    @Override
    public String getSearchUrl() {
        return "computer/" + getNodeName();
    }

    public abstract String getNodeName();

    public abstract String getNodeDescription();

    public abstract Launcher createLauncher(TaskListener listener);

    public abstract int getNumExecutors();

    public abstract Mode getMode();

    public final Computer toComputer() {
        return LocalJenkins.computerOf(this);
    }

    public final VirtualChannel getChannel() {
        Computer computer = toComputer();
        return computer == null ? null : computer.getChannel();
    }

    public Set<LabelAtom> getAssignedLabels() {
        Set<LabelAtom> labels = Label.parse(getLabelString());
        labels.add(getSelfLabel());
        return labels;
    }

    public abstract String getLabelString();

    public LabelAtom getSelfLabel() {
        return new LabelAtom(getNodeName().isEmpty() ? "built-in" : getNodeName());
    }

    public abstract FilePath getWorkspaceFor(TopLevelItem item);

    public abstract FilePath getRootPath();

    public FilePath createPath(String absolutePath) {
        VirtualChannel channel = getChannel();
        return channel == null ? null : new FilePath(channel, absolutePath);
    }

    @Override
    public ACL getACL() {
        return Permissions.acl();
    }

    /** Whether builds must ask for the node. */
    public enum Mode {
        NORMAL,
        EXCLUSIVE
    }
}
