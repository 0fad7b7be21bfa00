package hudson.model;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.mldelivery.local.hooks.Permissions;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A machine that runs builds, as it is now. */
public abstract class Computer extends Actionable implements AccessControlled {
    /** For calls to agents, which may take their time. */
    public static final ExecutorService threadPoolForRemoting = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "Computer.threadPoolForRemoting");
        thread.setDaemon(true);
        return thread;
    });

    private static final ThreadLocal<Computer> CURRENT = new ThreadLocal<>();
    protected String nodeName;
    private final Node node;

    protected Computer(Node node) {
        this.node = node;
        this.nodeName = node.getNodeName();
    }

    public abstract VirtualChannel getChannel();

    public abstract Charset getDefaultCharset();

    public abstract Boolean isUnix();

    public String getName() {
        return nodeName == null ? "" : nodeName;
    }

    @Override
    public String getDisplayName() {
        return getName();
    }

    public Node getNode() {
        return node;
    }

    public boolean isOffline() {
        return getChannel() == null;
    }

    public final boolean isOnline() {
        return !isOffline();
    }

    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return new EnvVars(EnvVars.masterEnvVars);
    }

    public String getHostName() throws IOException, InterruptedException {
        return java.net.InetAddress.getLocalHost().getHostName();
    }

    public String getUrl() {
        return "computer/" + getName() + "/";
    }

    @Override
    public String getSearchUrl() {
        return getUrl();
    }

    @Override
    public ACL getACL() {
        return Permissions.acl();
    }

    public static Computer currentComputer() {
        Executor executor = Executor.currentExecutor();
        return executor == null ? null : executor.getOwner();
    }
}
