package io.mldelivery.runner.steps.input;

import hudson.Extension;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code input}: waits until someone proceeds or aborts, and may ask for values. */
public final class InputStep extends Step {
    private final String message;
    private String id;
    private String ok;
    private String submitter;
    private String submitterParameter;
    private List<ParameterDefinition> parameters = new ArrayList<>();

    @DataBoundConstructor
    public InputStep(String message) {
        this.message = message == null || message.isEmpty()
                ? "Pipeline has paused and needs your input before proceeding"
                : message;
    }

    /** Names the input for answers that are given beforehand; absent means a digest of the message. */
    @DataBoundSetter
    public void setId(String id) {
        this.id = id == null || id.isBlank() ? null : id;
    }

    /** What the answer to proceed is called. */
    @DataBoundSetter
    public void setOk(String ok) {
        this.ok = ok == null || ok.isEmpty() ? null : ok;
    }

    /** Who may answer on a controller; at the terminal it is who started the run. */
    @DataBoundSetter
    public void setSubmitter(String submitter) {
        this.submitter = submitter;
    }

    /** The name under which the value has who answered. */
    @DataBoundSetter
    public void setSubmitterParameter(String submitterParameter) {
        this.submitterParameter =
                submitterParameter == null || submitterParameter.isEmpty() ? null : submitterParameter;
    }

    /** Values to ask for. */
    @DataBoundSetter
    public void setParameters(List<ParameterDefinition> parameters) {
        this.parameters = new ArrayList<>(parameters);
    }

    private String idOrDigest() {
        if (id != null) {
            return id;
        }
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(message.getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(digest);
            return Character.toUpperCase(hex.charAt(0)) + hex.substring(1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    @Override
    public StepExecution start(StepContext context) {
        var question = new Question(
                idOrDigest(), message, ok == null ? "Proceed" : ok, submitter, submitterParameter, parameters);
        return new InputExecution(context, question);
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("input", false, Run.class, TaskListener.class);
        }
    }
}
