package org.jenkinsci.plugins.workflow.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;

/** Ends a Pipeline or a part of it early, with a result and reasons. */
public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 630482382622970136L;
    private final Result result;
    private final List<CauseOfInterruption> causes;
    private Boolean actualInterruption = true;

    /** An actual interruption. */
    public FlowInterruptedException(Result result, CauseOfInterruption... causes) {
        this(result, true, causes);
    }

    /** True when somebody stops the build, false when a step merely ends with a result. */
    public FlowInterruptedException(Result result, boolean actualInterruption, CauseOfInterruption... causes) {
        this.result = result;
        this.causes = new ArrayList<>(Arrays.asList(causes));
        this.actualInterruption = actualInterruption;
    }

    public Result getResult() {
        return result;
    }

    public List<CauseOfInterruption> getCauses() {
        return causes;
    }

    public boolean isActualInterruption() {
        return actualInterruption;
    }

    public void setActualInterruption(boolean actualInterruption) {
        this.actualInterruption = actualInterruption;
    }

    @Override
    public String getMessage() {
        return causes.stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining(", "));
    }

    /** Tells the log and the build, each reason once. */
    public void handle(Run<?, ?> run, TaskListener listener) {
        Set<CauseOfInterruption> fresh = new LinkedHashSet<>(causes);
        run.getActions(InterruptedBuildAction.class).forEach(told -> fresh.removeAll(told.getCauses()));
        if (!fresh.isEmpty()) {
            run.addAction(new InterruptedBuildAction(fresh));
            fresh.forEach(cause -> cause.print(listener));
        }
        print(getCause(), run, listener);
        for (Throwable t : getSuppressed()) {
            print(t, run, listener);
        }
    }

    private static void print(Throwable t, Run<?, ?> run, TaskListener listener) {
        if (t instanceof AbortException) {
            listener.getLogger().println(t.getMessage());
        } else if (t instanceof FlowInterruptedException interrupted) {
            interrupted.handle(run, listener);
        } else if (t != null) {
            t.printStackTrace(listener.getLogger());
        }
    }
}
