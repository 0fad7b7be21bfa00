package org.jenkinsci.plugins.workflow.steps;

import hudson.AbortException;

/** A step was running when the controller stopped, and cannot go on. */
public class SynchronousResumeNotSupportedException extends AbortException {
    private static final long serialVersionUID = 1L;

    public SynchronousResumeNotSupportedException(StepContext context) {
        super("Resume after a restart not supported for non-blocking synchronous steps");
    }
}
