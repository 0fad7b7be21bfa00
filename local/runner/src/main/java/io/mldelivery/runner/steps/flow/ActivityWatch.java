package io.mldelivery.runner.steps.flow;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Notices when something was last written to the log of a block. */
final class ActivityWatch extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private volatile long last = System.currentTimeMillis();

    ConsoleLogFilter mergedInto(StepContext context) throws IOException, InterruptedException {
        return BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), this);
    }

    /** The moment of the clock, in milliseconds. */
    long lastActivity() {
        return last;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new FilterOutputStream(logger) {
            @Override
            public void write(int oneByte) throws IOException {
                last = System.currentTimeMillis();
                out.write(oneByte);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                last = System.currentTimeMillis();
                out.write(bytes, offset, length);
            }
        };
    }
}
