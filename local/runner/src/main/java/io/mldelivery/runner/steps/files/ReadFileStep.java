package io.mldelivery.runner.steps.files;

import hudson.Extension;
import hudson.FilePath;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code readFile}: the text of a file; encoding {@code Base64} gives its bytes in Base64. */
public final class ReadFileStep extends Step {
    private final String file;
    private String encoding;

    @DataBoundConstructor
    public ReadFileStep(String file) {
        this.file = file;
    }

    /** Of the text; absent means UTF-8. */
    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousStepExecution<String> {
        private static final long serialVersionUID = 1L;
        private final transient ReadFileStep step;

        Execution(StepContext context, ReadFileStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected String run() throws Exception {
            byte[] bytes = Files.readAllBytes(
                    Path.of(getContext().get(FilePath.class).getRemote()).resolve(step.file));
            return TextEncoding.of(step.encoding).decode(bytes);
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("readFile", false, FilePath.class);
        }
    }
}
