package org.jenkinsci.plugins.workflow.steps;

import java.io.IOException;

/** A step was running when the controller stopped, and cannot go on. */
public class SynchronousResumeNotSupportedException extends Exception {
    private static final long serialVersionUID = 1L;

    public SynchronousResumeNotSupportedException(StepContext context) {
        super("The Pipeline step `" + name(context) + "` cannot be resumed after a controller restart."
                + " In Scripted syntax, you may wrap its containing `node` block within"
                + " `retry(conditions: [nonresumable()], count: 2) {...}`, or, in Declarative syntax, use the `retries` option to"
                + " an `agent` directive to allow the stage to be retried.");
    }

    private static String name(StepContext context) {
        try {
            StepDescriptor descriptor = context.get(StepDescriptor.class);
            return descriptor == null ? "?" : descriptor.getFunctionName();
        } catch (IOException | InterruptedException e) {
            return "?";
        }
    }
}
