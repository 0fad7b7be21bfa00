package io.jenkins.plugins.mldelivery.registry;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code registerModel(name: …, run: …, gate: …)}: makes a registered version of the run's model in MLflow and points an
 * alias to it. The same model is the same version, however often it is registered; a run whose gate did not pass in this
 * build is refused. Returns a {@link ModelVersion}; docs/reference/registerModel.md describes all arguments.
 */
public final class RegisterModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String run;
    private StepOutcome gate;
    private String alias = "challenger";
    private String path = "";

    @DataBoundConstructor
    public RegisterModelStep(String name, String run) {
        this.name = name == null ? "" : name.trim();
        this.run = run == null ? "" : run.trim();
    }

    public String getName() {
        return name;
    }

    public String getRun() {
        return run;
    }

    public StepOutcome getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(StepOutcome gate) {
        this.gate = gate;
    }

    public String getAlias() {
        return alias;
    }

    @DataBoundSetter
    public void setAlias(String alias) {
        this.alias = alias == null ? "" : alias.trim();
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = path == null ? "" : path.trim();
    }

    /** The run's id, also when it was given as {@code runs:/<id>}. */
    String runId() {
        return run.startsWith("runs:/") ? run.substring("runs:/".length()) : run;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RegisterModelExecution(context, this);
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "registerModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RegisterModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, EnvVars.class, Run.class, TaskListener.class);
        }
    }
}
