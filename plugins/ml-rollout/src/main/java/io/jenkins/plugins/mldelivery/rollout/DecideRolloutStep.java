package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.rollout.RolloutSettings.Place;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Decides about the rollout under way on a target, from another branch of a Pipeline or another build: behind an
 * {@code input} step, whose submitters are those who may.
 */
public final class DecideRolloutStep extends Step {
    private static final String PROMOTE = "promote";
    private static final String ABORT = "abort";

    private final String decision;
    private String model = "";
    private String target = TargetArgument.LOCAL;

    /** @param decision {@code promote} or {@code abort} */
    @DataBoundConstructor
    public DecideRolloutStep(String decision) {
        this.decision = decision;
    }

    public String getDecision() {
        return decision;
    }

    public String getModel() {
        return model;
    }

    /** The registered model's name; needed for the target {@code local}. */
    @DataBoundSetter
    public void setModel(String model) {
        this.model = TargetArgument.textOr(model, "");
    }

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = TargetArgument.textOr(target, TargetArgument.LOCAL);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (!PROMOTE.equals(decision) && !ABORT.equals(decision)) {
            throw new AbortException("decideRollout: decision '" + decision + "' is not known" + System.lineSeparator()
                    + "Write promote or abort.");
        }
        Place place = TargetArgument.parse("decideRollout", target);
        if (place.file.isEmpty() && place.name.isEmpty()) {
            if (model.isEmpty()) {
                throw new AbortException("decideRollout: it is not said which target is meant" + System.lineSeparator()
                        + "Add model: 'late-flights', or target: 'local:NAME', or the target's file.");
            }
            place = Place.onAgent(model);
        }
        return new Execution(context, decision, place);
    }

    private static final class Execution extends DeliveryStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final String decision;
        private final Place place;

        Execution(StepContext context, String decision, Place place) {
            super(context);
            this.decision = decision;
            this.place = place;
        }

        @Override
        protected String deliver() throws Exception {
            var work = new RolloutWork.Decide(
                    place, decision.equals(PROMOTE), getContext().get(EnvVars.class));
            String id = getContext().get(FilePath.class).act(work);
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("rollout", id);
            data.put("decision", decision);
            data.put("by", getContext().get(Run.class).toString());
            BuildEvidence.of(getContext().get(Run.class)).append("rollout.decided", data);
            getContext().get(TaskListener.class).getLogger().println("[rollout] " + decision + " " + id);
            return id;
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "decideRollout";
        }

        @Override
        public String getDisplayName() {
            return "Promote or abort the rollout under way";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            Set<Class<?>> required = new LinkedHashSet<>();
            required.add(Run.class);
            required.add(FilePath.class);
            required.add(EnvVars.class);
            required.add(TaskListener.class);
            return required;
        }
    }
}
