package io.mldelivery.runner.library;

import hudson.AbortException;
import hudson.Extension;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code libraryResource}: the text of a file below {@code resources/} of a loaded library. */
public final class LibraryResourceStep extends Step {
    private final String resource;
    private String encoding;

    @DataBoundConstructor
    public LibraryResourceStep(String resource) {
        this.resource = resource;
    }

    /** Of the text; absent means UTF-8, Base64 gives the bytes in Base64. */
    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding == null || encoding.isBlank() ? null : encoding.trim();
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, resource, encoding);
    }

    private static final class Execution extends SynchronousStepExecution<String> {
        private static final long serialVersionUID = 1L;
        private final transient String resource;
        private final transient String encoding;

        Execution(StepContext context, String resource, String encoding) {
            super(context);
            this.resource = resource;
            this.encoding = encoding;
        }

        @Override
        protected String run() throws Exception {
            Path file = getContext()
                    .get(Libraries.class)
                    .resource(resource)
                    .orElseThrow(() -> new AbortException("No such library resource " + resource + " could be found."));
            byte[] bytes = Files.readAllBytes(file);
            if ("Base64".equals(encoding)) {
                return Base64.getEncoder().encodeToString(bytes);
            }
            return new String(bytes, encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding));
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("libraryResource", false);
        }
    }
}
