package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.kohsuke.stapler.export.TypeUtil;

/** Hears of builds that start and end. */
public abstract class RunListener<R extends Run> implements ExtensionPoint {
    public final Class<R> targetType;

    protected RunListener(Class<R> targetType) {
        this.targetType = targetType;
    }

    protected RunListener() {
        Type type = TypeUtil.getBaseClass(getClass(), RunListener.class);
        if (!(type instanceof ParameterizedType)) {
            throw new IllegalStateException(getClass() + " uses the raw type for extending RunListener");
        }
        targetType = TypeUtil.erasure(TypeUtil.getTypeArgument(type, 0));
    }

    public void onCompleted(R r, TaskListener listener) {}

    public void onFinalized(R r) {}

    public void onInitialize(R r) {}

    public void onStarted(R r, TaskListener listener) {}

    public void onDeleted(R r) {}

    public static void fireCompleted(Run r, TaskListener listener) {
        for (RunListener<Run> l : listeners(r)) {
            l.onCompleted(r, listener);
        }
    }

    public static void fireInitialize(Run r) {
        for (RunListener<Run> l : listeners(r)) {
            l.onInitialize(r);
        }
    }

    public static void fireStarted(Run r, TaskListener listener) {
        for (RunListener<Run> l : listeners(r)) {
            l.onStarted(r, listener);
        }
    }

    public static void fireFinalized(Run r) {
        for (RunListener<Run> l : listeners(r)) {
            l.onFinalized(r);
        }
    }

    public static void fireDeleted(Run r) {
        for (RunListener<Run> l : listeners(r)) {
            l.onDeleted(r);
        }
    }

    @SuppressWarnings("unchecked")
    private static java.util.List<RunListener<Run>> listeners(Run r) {
        java.util.List<RunListener<Run>> found = new java.util.ArrayList<>();
        for (RunListener l : all()) {
            if (l.targetType.isInstance(r)) {
                found.add(l);
            }
        }
        return found;
    }

    public static ExtensionList<RunListener> all() {
        return ExtensionList.lookup(RunListener.class);
    }
}
