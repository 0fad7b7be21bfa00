package io.mldelivery.runner.declarative;

import hudson.model.Result;
import hudson.model.Run;
import io.mldelivery.runner.build.BuildSurroundings;
import io.mldelivery.runner.steps.flow.StageResults;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Decides which conditions of a {@code post} section hold for a result and the one of the build before. */
record PostCondition(Result result, Result previous) {
    static final List<String> NAMES = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");

    static PostCondition of(BuildSurroundings build, Throwable failure, boolean inStage) {
        Result stage = Result.SUCCESS;
        if (failure != null) {
            stage = failure instanceof FlowInterruptedException stopped ? stopped.getResult() : Result.FAILURE;
        } else if (inStage && build.enclosing(StageResults.class) != null) {
            stage = build.enclosing(StageResults.class).result();
        }
        Result current = build.build().getResult();
        Run<?, ?> before = build.build().getPreviousCompletedBuild();
        return new PostCondition(
                current == null || stage.isWorseThan(current) ? stage : current,
                before == null ? null : before.getResult());
    }

    boolean isMet(String name) {
        return switch (name) {
            case "always", "cleanup" -> true;
            case "changed" -> previous == null || !result.equals(previous);
            case "fixed" ->
                result.equals(Result.SUCCESS) && (Result.FAILURE.equals(previous) || Result.UNSTABLE.equals(previous));
            case "regression" -> previous != null && result.isWorseThan(previous);
            case "aborted" -> result.equals(Result.ABORTED);
            case "success" -> result.equals(Result.SUCCESS);
            case "unsuccessful" -> !result.equals(Result.SUCCESS);
            case "unstable" -> result.equals(Result.UNSTABLE);
            case "failure" -> result.equals(Result.FAILURE);
            case "notBuilt" -> result.equals(Result.NOT_BUILT);
            default -> throw new IllegalArgumentException("No post condition is named " + name);
        };
    }
}
