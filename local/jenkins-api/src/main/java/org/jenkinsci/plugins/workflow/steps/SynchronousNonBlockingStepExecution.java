package org.jenkinsci.plugins.workflow.steps;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A step that works on a thread of its own; it does not survive a restart. */
public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;
    private transient volatile Future<?> task;
    private transient String threadName;
    private transient volatile Throwable stopCause;

    protected SynchronousNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        Authentication user = Jenkins.getAuthentication2();
        task = BackgroundThreads.all().submit(() -> work(user));
        return false;
    }

    private void work(Authentication user) {
        threadName = Thread.currentThread().getName();
        try {
            T result;
            try (ACLContext acting = ACL.as2(user)) {
                result = run();
            }
            getContext().onSuccess(result);
        } catch (Throwable t) {
            report(t);
        }
    }

    private void report(Throwable t) {
        if (stopCause == null) {
            getContext().onFailure(t);
        } else {
            stopCause.addSuppressed(t);
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        if (task != null) {
            stopCause = cause;
            task.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public void onResume() {
        getContext().onFailure(new SynchronousResumeNotSupportedException(getContext()));
    }

    @Override
    public String getStatus() {
        return threadName != null ? "running in thread: " + threadName : "not yet scheduled";
    }

    @Override
    public boolean blocksRestart() {
        return threadName != null;
    }
}
