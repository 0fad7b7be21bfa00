package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** A running step. It is stored with the program, and {@link #onResume()} is called after a restart. */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;
    private StepContext context;

    protected StepExecution(StepContext context) {
        this.context = context;
    }

    @Deprecated
    protected StepExecution() {}

    public StepContext getContext() {
        if (context == null) {
            throw new IllegalStateException(
                    "You must either pass in a StepContext to the StepExecution constructor, or have one injected.");
        }
        return context;
    }

    /** True when the step is over, false when its context will be told later. */
    public abstract boolean start() throws Exception;

    /** Ends the step before its time. */
    public void stop(Throwable cause) throws Exception {
        getContext().onFailure(cause);
    }

    public void onResume() {}

    public String getStatus() {
        return null;
    }

    public boolean blocksRestart() {
        return false;
    }
}
