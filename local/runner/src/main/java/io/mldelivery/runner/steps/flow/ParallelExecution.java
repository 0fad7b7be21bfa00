package io.mldelivery.runner.steps.flow;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import hudson.AbortException;
import hudson.model.Result;
import io.mldelivery.runner.machine.StepCall;
import io.mldelivery.runner.steps.BlockExecution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The branches of one {@code parallel}. Its state is only touched on the thread of the program. */
final class ParallelExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Closure<?>> code;
    private final boolean failFast;
    private final LinkedHashMap<String, BodyExecution> bodies = new LinkedHashMap<>();
    private final LinkedHashMap<String, Outcome> outcomes = new LinkedHashMap<>();
    private final ArrayList<Throwable> failures = new ArrayList<>();
    private boolean stopped;

    ParallelExecution(StepContext context, Map<String, Closure<?>> code, boolean failFast) {
        super(context);
        this.code = code;
        this.failFast = failFast;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        if (code.isEmpty()) {
            BlockExecution.log(getContext()).println("No branches to run");
            getContext().onSuccess(new HashMap<String, Object>());
            return true;
        }
        var call = (StepCall) getContext();
        code.forEach((name, branch) -> bodies.put(
                name,
                call.newBodyInvoker(branch)
                        .withDisplayName("Branch: " + name)
                        .withCallback(new Branch(this, name))
                        .start()));
        return false;
    }

    @Override
    public void stop(Throwable cause) {
        bodies.values().forEach(body -> body.cancel(cause));
    }

    private void ended(String name, Outcome outcome) {
        outcomes.put(name, outcome);
        if (outcomes.size() < bodies.size()) {
            if (outcome.isFailure() && failFast && !stopped) {
                stopped = true;
                stop(new FlowInterruptedException(Result.ABORTED, new FailedBranch(name)));
            }
        } else {
            finish();
        }
    }

    private void finish() {
        if (failures.isEmpty()) {
            Map<String, Object> results = new HashMap<>();
            outcomes.forEach((name, outcome) -> results.put(name, outcome.getNormal()));
            getContext().onSuccess(results);
            return;
        }
        List<Throwable> worstFirst = new ArrayList<>(failures);
        if (!failFast) {
            worstFirst.sort((left, right) -> Integer.compare(mildness(left), mildness(right)));
        }
        Throwable worst = worstFirst.remove(0);
        worstFirst.stream().filter(other -> other != worst).forEach(worst::addSuppressed);
        getContext().onFailure(worst);
    }

    /** Defects first, then aborts, then interruptions by their results. */
    private static int mildness(Throwable failure) {
        if (failure instanceof FlowInterruptedException interruption) {
            return 1000 - interruption.getResult().ordinal;
        }
        return failure instanceof AbortException ? 1 : 0;
    }

    /** Tells the execution how a branch ended. */
    private static final class Branch extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final ParallelExecution execution;
        private final String name;

        Branch(ParallelExecution execution, String name) {
            this.execution = execution;
            this.name = name;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.ended(name, new Outcome(result, null));
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            try {
                BlockExecution.log(context).println("Failed in branch " + name);
            } catch (IOException | InterruptedException e) {
                cause.addSuppressed(e);
            }
            if (!execution.failures.contains(cause)) {
                execution.failures.add(cause);
            }
            execution.ended(name, new Outcome(null, cause));
        }
    }

    /** Why the other branches were interrupted. */
    private static final class FailedBranch extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String name;

        FailedBranch(String name) {
            this.name = name;
        }

        @Override
        public String getShortDescription() {
            return "Failed in branch " + name;
        }
    }
}
