package hudson.model.queue;

import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import java.io.IOException;

/** A piece of a queued task that takes one executor. */
public interface SubTask {
    default Label getAssignedLabel() {
        return null;
    }

    default Node getLastBuiltOn() {
        return null;
    }

    default long getEstimatedDuration() {
        return -1;
    }

    Queue.Executable createExecutable() throws IOException;

    default Queue.Task getOwnerTask() {
        return (Queue.Task) this;
    }
}
