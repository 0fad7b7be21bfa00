package hudson.model;

import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** A describable that decides itself what a submitted form makes of it. */
public interface ReconfigurableDescribable<T extends ReconfigurableDescribable<T>> extends Describable<T> {
    /** The object after the form was submitted; forms exist in a controller only. */
    default T reconfigure(StaplerRequest2 request, JSONObject form) throws Descriptor.FormException {
        throw new AbstractMethodError(getClass().getName() + " must override reconfigure");
    }
}
