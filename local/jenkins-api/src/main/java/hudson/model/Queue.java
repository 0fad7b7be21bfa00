package hudson.model;

import hudson.model.queue.FutureImpl;
import hudson.model.queue.QueueTaskFuture;
import hudson.model.queue.SubTask;
import java.util.List;
import jenkins.model.FullyNamedModelObject;
import jenkins.model.queue.AsynchronousExecution;

/** Builds that wait to start. Here only the types that plugins name; a controller has the queue itself. */
public class Queue {
    private Queue() {}

    /** Something that can be queued. */
    public interface Task extends FullyNamedModelObject, SubTask {
        String getName();

        String getUrl();
    }

    /** What a task becomes when it runs. */
    public interface Executable extends Runnable {
        SubTask getParent();

        @Override
        void run() throws AsynchronousExecution;
    }

    /** An action that decides whether a second request is another build. */
    public interface QueueAction extends Action {
        boolean shouldSchedule(List<Action> actions);
    }

    /** A queued task. */
    public abstract static class Item extends Actionable {
        public final Task task;
        private final long id;
        private final FutureImpl future;

        protected Item(Task task, List<Action> actions, long id, FutureImpl future) {
            this.task = task;
            this.id = id;
            this.future = future;
            actions.forEach(this::addAction);
        }

        public long getId() {
            return id;
        }

        public QueueTaskFuture<Executable> getFuture() {
            return future;
        }

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
