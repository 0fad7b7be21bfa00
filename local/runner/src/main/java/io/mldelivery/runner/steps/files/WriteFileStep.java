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

/** {@code writeFile}: writes text into a file, with its folders. */
public final class WriteFileStep extends Step {
    private final String file;
    private final String text;
    private String encoding;

    @DataBoundConstructor
    public WriteFileStep(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Of the file; absent means UTF-8, Base64 means that the text is Base64 of the bytes. */
    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousStepExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final transient WriteFileStep step;

        Execution(StepContext context, WriteFileStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected Void run() throws Exception {
            Path file = Path.of(getContext().get(FilePath.class).getRemote()).resolve(step.file);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, TextEncoding.of(step.encoding).encode(step.text));
            return null;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("writeFile", false, FilePath.class);
        }
    }
}
