package io.mldelivery.runner.steps;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Work off the program's thread that may be done again from the start: after a restart it is. */
public abstract class RepeatableExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final ExecutorService POOL = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "step");
        thread.setDaemon(true);
        return thread;
    });

    private transient volatile Future<?> work;

    protected RepeatableExecution(StepContext context) {
        super(context);
    }

    /** Does the work; an interrupt means that the step is to stop. */
    protected abstract T run() throws Exception;

    @Override
    public boolean start() {
        work = POOL.submit(this::complete);
        return false;
    }

    private void complete() {
        try {
            getContext().onSuccess(run());
        } catch (Exception | LinkageError e) {
            getContext().onFailure(e);
        }
    }

    @Override
    public void onResume() {
        start();
    }

    @Override
    public void stop(Throwable cause) {
        getContext().onFailure(cause);
        if (work != null) {
            work.cancel(true);
        }
    }
}
