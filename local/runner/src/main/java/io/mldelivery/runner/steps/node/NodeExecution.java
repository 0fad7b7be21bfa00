package io.mldelivery.runner.steps.node;

import hudson.FilePath;
import io.mldelivery.runner.build.Workspaces;
import io.mldelivery.runner.machine.StepCall;
import io.mldelivery.runner.steps.BlockExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Leases the workspace while the block runs; afterwards ends the processes that the block left behind. */
final class NodeExecution extends BlockExecution {
    private static final long serialVersionUID = 1L;

    private final String label;
    private String folder;

    NodeExecution(StepContext context, String label) {
        super(context);
        this.label = label;
    }

    @Override
    protected void prepare(BodyInvoker body) throws Exception {
        Path workspace = getContext().get(Workspaces.class).lease();
        folder = workspace.toString();
        Files.createDirectories(workspace);
        log(getContext()).println("Running on Jenkins in " + folder);
        EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
        body.withContexts(
                new FilePath(workspace.toFile()),
                EnvironmentExpander.merge(outer, EnvironmentExpander.constant(variables(workspace))));
    }

    private Map<String, String> variables(Path workspace) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("NODE_NAME", "built-in");
        variables.put("NODE_LABELS", label == null ? "built-in" : "built-in " + label);
        variables.put("EXECUTOR_NUMBER", "0");
        variables.put("WORKSPACE", workspace.toString());
        variables.put("WORKSPACE_TMP", workspace + "@tmp");
        variables.put("PWD", workspace.toString());
        variables.put(Leftovers.COOKIE, cookie());
        return variables;
    }

    private String cookie() {
        var call = (StepCall) getContext();
        return folder + "#" + call.id();
    }

    @Override
    protected BodyExecutionCallback callback() {
        return new Ended(this);
    }

    @Override
    public void onResume() {
        try {
            getContext().get(Workspaces.class).leaseAgain(Path.of(folder));
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    private static final class Ended extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final NodeExecution execution;

        Ended(NodeExecution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) throws Exception {
            context.get(Workspaces.class).release(Path.of(execution.folder));
            Leftovers.end(execution.cookie());
        }
    }
}
