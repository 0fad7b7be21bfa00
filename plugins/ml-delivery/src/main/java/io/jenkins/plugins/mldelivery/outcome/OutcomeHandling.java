package io.jenkins.plugins.mldelivery.outcome;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.config.Nearest;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a step does with an outcome other than {@code PASS}: its arguments {@code onFail}, {@code onInconclusive} and
 * {@code onError}, each {@code fail} (the default), {@code unstable} or {@code ignore}.
 *
 * <p>Immutable and serializable, so that a resumable step can keep it over a restart.
 */
public final class OutcomeHandling implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What happens to the build. */
    public enum Reaction {
        /** The step fails with the reason; the Pipeline stops unless it catches the error. */
        FAIL,
        /** The build becomes unstable and goes on. */
        UNSTABLE,
        /** The build goes on as if nothing had happened; the reason is in the log and in the evidence. */
        IGNORE
    }

    private final Reaction onFail;
    private final Reaction onInconclusive;
    private final Reaction onError;

    private OutcomeHandling(Reaction onFail, Reaction onInconclusive, Reaction onError) {
        this.onFail = onFail;
        this.onInconclusive = onInconclusive;
        this.onError = onError;
    }

    /**
     * The handling that a step's arguments describe; an absent or empty argument means {@code fail}.
     *
     * @throws AbortException when an argument is none of the three words
     */
    public static OutcomeHandling of(String onFail, String onInconclusive, String onError) throws AbortException {
        return new OutcomeHandling(
                reaction("onFail", onFail), reaction("onInconclusive", onInconclusive), reaction("onError", onError));
    }

    private static Reaction reaction(String argument, String value) throws AbortException {
        if (value == null || value.isBlank()) {
            return Reaction.FAIL;
        }
        for (Reaction reaction : Reaction.values()) {
            if (word(reaction).equals(value.trim().toLowerCase(Locale.ROOT))) {
                return reaction;
            }
        }
        throw new AbortException(argument + ": '" + value + "' is not known" + System.lineSeparator() + advice(value));
    }

    private static String advice(String value) {
        List<String> near = Nearest.to(value, List.of("fail", "unstable", "ignore"));
        return near.isEmpty()
                ? "Use fail, unstable or ignore."
                : "Did you mean " + String.join(" or ", near) + "? Known are fail, unstable and ignore.";
    }

    private static String word(Reaction reaction) {
        return reaction.name().toLowerCase(Locale.ROOT);
    }

    /** What is done on this outcome; empty on {@code PASS} is expressed as {@link Reaction#IGNORE}. */
    public Reaction reactionTo(Outcome outcome) {
        return switch (outcome) {
            case PASS -> Reaction.IGNORE;
            case FAIL -> onFail;
            case INCONCLUSIVE -> onInconclusive;
            case ERROR -> onError;
        };
    }

    /**
     * Turns the outcome into a build result. Returns normally when the Pipeline goes on. The outcome must be in the
     * log and in the evidence already.
     *
     * @throws AbortException with the outcome's reason when the step is to fail
     */
    public void apply(StepOutcome outcome, StepContext context) throws IOException, InterruptedException {
        switch (reactionTo(outcome.outcome())) {
            case FAIL ->
                throw new AbortException(outcome.outcome() == Outcome.ERROR ? outcome.getReason() : outcome.toString());
            case UNSTABLE -> makeUnstable(outcome, context);
            case IGNORE -> {
                // the log and the evidence already say what was found
            }
        }
    }

    private static void makeUnstable(StepOutcome outcome, StepContext context)
            throws IOException, InterruptedException {
        context.get(TaskListener.class).getLogger().println("UNSTABLE: " + outcome.getReason());
        context.get(Run.class).setResult(Result.UNSTABLE);
    }
}
