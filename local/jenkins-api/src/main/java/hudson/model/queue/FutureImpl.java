package hudson.model.queue;

import hudson.model.Queue;
import hudson.model.Queue.Executable;
import hudson.remoting.AsyncFutureImpl;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The future of a queued task. */
public final class FutureImpl extends AsyncFutureImpl<Executable> implements QueueTaskFuture<Executable> {
    private final AsyncFutureImpl<Executable> start = new AsyncFutureImpl<>();

    public FutureImpl(Queue.Task task) {}

    @Override
    public Future<Executable> getStartCondition() {
        return start;
    }

    @Override
    public Executable waitForStart() throws InterruptedException, ExecutionException {
        return start.get();
    }
}
