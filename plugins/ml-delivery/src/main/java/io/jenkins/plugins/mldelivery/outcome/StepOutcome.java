package io.jenkins.plugins.mldelivery.outcome;

import io.mldelivery.model.Outcome;
import java.io.Serializable;
import java.util.Objects;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * What a judging step returns to the Pipeline script: one of the four outcomes and the sentence that explains it.
 * Subclasses add the facts of their step.
 *
 * <p>Immutable; it is saved in the program state of a Pipeline, so a subclass is a final class whose fields are texts,
 * boxed numbers, {@code ArrayList} or {@code LinkedHashMap}, never records.
 */
public abstract class StepOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String outcome;
    private final String reason;

    protected StepOutcome(Outcome outcome, String reason) {
        this.outcome = outcome.name();
        this.reason = Objects.requireNonNull(reason);
    }

    /** One of {@code PASS}, {@code FAIL}, {@code INCONCLUSIVE} and {@code ERROR}. */
    @Whitelisted
    public final String getOutcome() {
        return outcome;
    }

    /** One sentence with the numbers and limits that decided. */
    @Whitelisted
    public final String getReason() {
        return reason;
    }

    /** Whether the model may go on: true for {@code PASS} alone. */
    @Whitelisted
    public final boolean isPassed() {
        return outcome().letsThrough();
    }

    /** The outcome as the engine's type, for Java callers. */
    public final Outcome outcome() {
        return Outcome.valueOf(outcome);
    }

    @Whitelisted
    @Override
    public String toString() {
        return outcome + ": " + reason;
    }
}
