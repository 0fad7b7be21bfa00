package hudson.model;

import hudson.model.queue.QueueTaskFuture;
import java.util.List;
import jenkins.model.FullyNamedModelObject;

/** Builds that wait to start. Here only the types that plugins name; a controller has the queue itself. */
public class Queue {
    /** Something that can be queued. */
    public interface Task extends FullyNamedModelObject {
        String getName();

        @Override
        String getFullDisplayName();
    }

    /** What a task becomes when it runs. */
    public interface Executable extends Runnable {
        Task getParent();

        @Override
        void run();
    }

    /** An action that decides whether a second request is another build. */
    public interface QueueAction extends Action {
        boolean shouldSchedule(List<Action> actions);
    }

    /** A queued task. */
    public abstract static class Item extends Actionable {
        public final Task task;
        private final long id;

        protected Item(Task task, List<Action> actions, long id) {
            this.task = task;
            this.id = id;
            actions.forEach(this::addAction);
        }

        public long getId() {
            return id;
        }

        public abstract QueueTaskFuture<Executable> getFuture();

        @Override
        public String getDisplayName() {
            return null;
        }

        @Override
        public String getSearchUrl() {
            return null;
        }
    }
}
