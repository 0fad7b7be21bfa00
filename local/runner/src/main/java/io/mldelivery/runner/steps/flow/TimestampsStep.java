package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code timestamps}: puts the moment in front of the lines that steps of the block print. */
public final class TimestampsStep extends Step {
    @DataBoundConstructor
    public TimestampsStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context);
    }

    private static final class Execution extends BlockExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context) {
            super(context);
        }

        @Override
        protected void prepare(BodyInvoker body) throws Exception {
            ConsoleLogFilter outer = getContext().get(ConsoleLogFilter.class);
            body.withContext(BodyInvoker.mergeConsoleLogFilters(outer, new Stamps()));
        }
    }

    private static final class Stamps extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("rawtypes")
        public OutputStream decorateLogger(Run build, OutputStream logger) {
            return new StampedLines(logger);
        }
    }

    private static final class StampedLines extends FilterOutputStream {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("'['yyyy-MM-dd'T'HH:mm:ss.SSS'Z] '").withZone(ZoneOffset.UTC);
        private boolean lineStart = true;

        StampedLines(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            for (int start = offset; start < end; ) {
                if (lineStart) {
                    out.write(FORMAT.format(Instant.now()).getBytes(StandardCharsets.US_ASCII));
                    lineStart = false;
                }
                int next = start;
                while (next < end && bytes[next] != '\n') {
                    next++;
                }
                lineStart = next < end;
                int stop = lineStart ? next + 1 : next;
                out.write(bytes, start, stop - start);
                start = stop;
            }
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("timestamps", true, TaskListener.class);
        }
    }
}
