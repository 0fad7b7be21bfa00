package io.jenkins.plugins.mldelivery.registry;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code buildServingImage(model: …, base: …, to: …)}: layers a registered version with the model server onto a base image
 * and pushes it or writes a tar, without a container engine. The same version on the same base has the same digest.
 * Returns a {@link ServingImage}; docs/reference/buildServingImage.md describes all arguments.
 */
public final class BuildServingImageStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String base;
    private final String to;
    private String architectures = "amd64";
    private String engines = "";
    private LinkedHashMap<String, String> labels = new LinkedHashMap<>();

    @DataBoundConstructor
    public BuildServingImageStep(String model, String base, String to) {
        this.model = model == null ? "" : model.trim();
        this.base = base == null ? "" : base.trim();
        this.to = to == null ? "" : to.trim();
    }

    public String getModel() {
        return model;
    }

    public String getBase() {
        return base;
    }

    public String getTo() {
        return to;
    }

    public String getArchitectures() {
        return architectures;
    }

    /** {@code amd64}, {@code arm64} or both, separated by commas. */
    @DataBoundSetter
    public void setArchitectures(String architectures) {
        this.architectures = architectures == null || architectures.isBlank() ? "amd64" : architectures.trim();
    }

    public String getEngines() {
        return engines;
    }

    @DataBoundSetter
    public void setEngines(String engines) {
        this.engines = engines == null ? "" : engines.trim();
    }

    public Map<String, String> getLabels() {
        return new LinkedHashMap<>(labels);
    }

    @DataBoundSetter
    public void setLabels(Map<String, ?> labels) {
        this.labels = new LinkedHashMap<>();
        if (labels != null) {
            labels.forEach((name, value) -> this.labels.put(name, String.valueOf(value)));
        }
    }

    List<String> architectureNames() {
        return new ArrayList<>(List.of(architectures.split("\\s*,\\s*")));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildServingImageExecution(context, this);
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "buildServingImage";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuildServingImageStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, EnvVars.class, Run.class, TaskListener.class);
        }
    }
}
