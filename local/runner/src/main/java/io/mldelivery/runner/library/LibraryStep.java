package io.mldelivery.runner.library;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code library}: loads a library while the script runs. */
public final class LibraryStep extends Step {
    private final String identifier;

    @DataBoundConstructor
    public LibraryStep(String identifier) {
        this.identifier = identifier;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, identifier);
    }

    private static final class Execution extends SynchronousStepExecution<LoadedLibrary> {
        private static final long serialVersionUID = 1L;
        private final transient String identifier;

        Execution(StepContext context, String identifier) {
            super(context);
            this.identifier = identifier;
        }

        @Override
        protected LoadedLibrary run() throws Exception {
            Libraries libraries = getContext().get(Libraries.class);
            if (!libraries.isKnown(identifier)) {
                String name = identifier.replaceAll("@.*$", "");
                throw new AbortException("No library named " + name + " found" + libraries.hint(identifier));
            }
            BlockExecution.log(getContext()).println("Loading library " + identifier);
            libraries.load(identifier);
            return new LoadedLibrary("");
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("library", false, TaskListener.class);
        }
    }
}
