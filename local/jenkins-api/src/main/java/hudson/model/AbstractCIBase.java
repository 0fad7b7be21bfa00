package hudson.model;

import hudson.security.AccessControlled;
import java.util.List;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;

/** Base of the controller. */
public abstract class AbstractCIBase extends Node
        implements ItemGroup<TopLevelItem>, StaplerProxy, StaplerFallback, AccessControlled, DescriptorByNameOwner {
    public abstract List<Node> getNodes();

    public abstract Queue getQueue();
}
