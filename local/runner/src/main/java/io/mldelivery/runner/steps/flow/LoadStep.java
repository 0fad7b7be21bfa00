package io.mldelivery.runner.steps.flow;

import groovy.lang.Closure;
import groovy.lang.Script;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.mldelivery.runner.machine.BranchingStep;
import io.mldelivery.runner.machine.StepCall;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code load}: runs a Groovy file of the workspace and returns what it returns. */
public final class LoadStep extends Step {
    private final String path;

    @DataBoundConstructor
    public LoadStep(String path) {
        this.path = path;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, path);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final String path;

        Execution(StepContext context, String path) {
            super(context);
            this.path = path;
        }

        @Override
        public boolean start() throws Exception {
            Path file = Path.of(getContext().get(FilePath.class).getRemote()).resolve(path);
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            var call = (StepCall) getContext();
            Script script = call.program().nextScript(Files.readString(file));
            call.newBodyInvoker(new ScriptClosure(script))
                    .withDisplayName(path)
                    .withCallback(BodyExecutionCallback.wrap(call))
                    .start();
            return false;
        }
    }

    private static final class ScriptClosure extends Closure<Object> {
        private static final long serialVersionUID = 1L;
        private final transient Script script;

        ScriptClosure(Script script) {
            super(script);
            this.script = script;
        }

        @Override
        public Object call() {
            return script.run();
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor implements BranchingStep {
        public DescriptorImpl() {
            super("load", false, FilePath.class, TaskListener.class);
        }
    }
}
