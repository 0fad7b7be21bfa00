package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withEnv}: environment variables for a block; {@code PATH+X=dir} puts a folder in front of a path. */
public final class EnvStep extends Step {
    private final LinkedHashMap<String, String> overrides = new LinkedHashMap<>();

    @DataBoundConstructor
    public EnvStep(List<String> overrides) {
        for (String pair : overrides == null ? List.<String>of() : overrides) {
            int split = pair.indexOf('=');
            if (split < 1) {
                throw new IllegalArgumentException("withEnv takes NAME=value, but got: " + pair);
            }
            this.overrides.put(pair.substring(0, split), pair.substring(split + 1));
        }
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, overrides);
    }

    private static final class Execution extends BlockExecution {
        private static final long serialVersionUID = 1L;
        private final transient Map<String, String> overrides;

        Execution(StepContext context, Map<String, String> overrides) {
            super(context);
            this.overrides = overrides;
        }

        @Override
        protected void prepare(BodyInvoker body) throws Exception {
            EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
            body.withContext(EnvironmentExpander.merge(outer, EnvironmentExpander.constant(overrides)));
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("withEnv", true);
        }
    }
}
