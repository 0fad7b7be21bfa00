package hudson.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.ModelObjectWithContextMenu;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Holds actions: stored ones, and those that factories add for as long as the object lives. Thread-safe. */
@ExportedBean
public abstract class Actionable extends AbstractModelObject implements ModelObjectWithContextMenu {
    private volatile CopyOnWriteArrayList<Action> actions;

    /** The stored actions, live. Prefer {@link #getAllActions()} for reading. */
    @Deprecated
    public List<Action> getActions() {
        if (actions == null) {
            synchronized (this) {
                if (actions == null) {
                    actions = new CopyOnWriteArrayList<>();
                }
            }
        }
        return actions;
    }

    @Exported(name = "actions")
    public final List<? extends Action> getAllActions() {
        List<Action> all = new ArrayList<>(getActions());
        for (TransientActionFactory<?> factory : hudson.ExtensionList.lookup(TransientActionFactory.class)) {
            if (factory.type().isInstance(this)) {
                all.addAll(created(factory));
            }
        }
        return Collections.unmodifiableList(all);
    }

    private <T> java.util.Collection<? extends Action> created(TransientActionFactory<T> factory) {
        return factory.createFor(factory.type().cast(this));
    }

    public <T extends Action> List<T> getActions(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action action : getAllActions()) {
            if (type.isInstance(action)) {
                found.add(type.cast(action));
            }
        }
        return found;
    }

    public void addAction(Action a) {
        getActions().add(Objects.requireNonNull(a, "action must be non-null"));
    }

    /** Puts this action in the place of all others of exactly its class. */
    public void replaceAction(Action a) {
        addOrReplaceAction(a);
    }

    public boolean addOrReplaceAction(Action a) {
        return replaceActions(a.getClass(), a);
    }

    public boolean removeAction(Action a) {
        return a != null && getActions().remove(a);
    }

    public boolean removeActions(Class<? extends Action> clazz) {
        return getActions().removeIf(clazz::isInstance);
    }

    public boolean replaceActions(Class<? extends Action> clazz, Action a) {
        List<Action> old = new ArrayList<>();
        for (Action action : getActions()) {
            if (action.getClass() == clazz && !action.equals(a)) {
                old.add(action);
            }
        }
        boolean changed = getActions().removeAll(old);
        if (!getActions().contains(a)) {
            addAction(a);
            changed = true;
        }
        return changed;
    }

    public <T extends Action> T getAction(Class<T> type) {
        for (Action action : getAllActions()) {
            if (type.isInstance(action)) {
                return type.cast(action);
            }
        }
        return null;
    }
}
