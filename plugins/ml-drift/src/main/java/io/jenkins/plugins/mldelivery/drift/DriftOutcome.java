package io.jenkins.plugins.mldelivery.drift;

import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import io.mldelivery.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code driftCheck} returns to the Pipeline script. */
public final class DriftOutcome extends StepOutcome {
    private static final long serialVersionUID = 1L;

    private final int columns;
    private final ArrayList<String> driftedColumns;
    private final boolean retrainingStarted;

    DriftOutcome(Outcome outcome, String reason, int columns, List<String> driftedColumns, boolean retrainingStarted) {
        super(outcome, reason);
        this.columns = columns;
        this.driftedColumns = new ArrayList<>(driftedColumns);
        this.retrainingStarted = retrainingStarted;
    }

    /** How many columns were compared. */
    @Whitelisted
    public int getColumns() {
        return columns;
    }

    /** Whether a retraining was started because of it ({@code onDrift: 'retrain'}). */
    @Whitelisted
    public boolean isRetrainingStarted() {
        return retrainingStarted;
    }

    /** The names of the columns that drifted. */
    @Whitelisted
    public List<String> getDriftedColumns() {
        return new ArrayList<>(driftedColumns);
    }
}
