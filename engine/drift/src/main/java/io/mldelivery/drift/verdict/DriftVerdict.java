package io.mldelivery.drift.verdict;

import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.model.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The result of a drift check.
 *
 * @param outcome FAIL when more drifted than is tolerated, or the schema or missing values broke a limit
 * @param reason one sentence with the numbers and limits that decided
 * @param findings what was found besides single columns
 * @param monitoring where the monitoring over builds stands; empty when the policy asks for none
 */
public record DriftVerdict(
        Outcome outcome,
        String reason,
        DriftPolicy policy,
        Measurements measured,
        List<ColumnVerdict> columns,
        Findings findings,
        Optional<RunMonitor> monitoring) {

    public DriftVerdict {
        columns = List.copyOf(columns);
    }

    /** What a column is to the model: {@code prediction} or {@code label}; empty for its inputs and other columns. */
    public Optional<String> role(String column) {
        return policy.further().model().flatMap(model -> model.role(column));
    }

    /** The drifted columns, the worst first. */
    public List<ColumnVerdict> drifted() {
        return columns.stream()
                .filter(ColumnVerdict::drifted)
                .sorted(Comparator.comparingDouble(ColumnVerdict::severity).reversed())
                .toList();
    }
}
