package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import io.mldelivery.runner.binding.DescribableModel;
import io.mldelivery.runner.binding.SymbolCall;
import io.mldelivery.runner.binding.Symbols;
import io.mldelivery.runner.build.BuildParameters;
import io.mldelivery.runner.steps.BasicDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code properties}: declares the build parameters. Other job properties steer when a controller starts builds; a
 * local build is started by hand.
 */
public final class PropertiesStep extends Step {
    private final List<Object> properties;

    @DataBoundConstructor
    public PropertiesStep(List<Object> properties) {
        this.properties = properties;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, properties);
    }

    private static final class Execution extends SynchronousStepExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final transient List<Object> properties;

        Execution(StepContext context, List<Object> properties) {
            super(context);
            this.properties = properties;
        }

        @Override
        protected Void run() throws Exception {
            for (Object property : properties) {
                if (property instanceof SymbolCall call && call.getSymbol().equals("parameters")) {
                    getContext().get(BuildParameters.class).declare(definitions(call));
                } else if (!(property instanceof SymbolCall)) {
                    throw new IllegalArgumentException("Not a job property: " + property);
                }
            }
            return null;
        }

        private static List<ParameterDefinition> definitions(SymbolCall parameters) throws Exception {
            Symbols symbols = Symbols.ofExtensions();
            List<ParameterDefinition> definitions = new ArrayList<>();
            for (Object value : parameters.getArguments().values()) {
                for (Object each : (List<?>) value) {
                    definitions.add(
                            (ParameterDefinition) DescribableModel.nested(ParameterDefinition.class, each, symbols));
                }
            }
            return definitions;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("properties", false, Run.class);
        }
    }
}
