package io.mldelivery.drift;

import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.measure.Comparison;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.drift.verdict.Judge;

/** Compares current data with a reference: reads both, measures all columns, judges by a policy. */
public final class DriftCheck {
    private final TableOptions options;
    private final DriftPolicy policy;

    public DriftCheck(TableOptions options, DriftPolicy policy) {
        this.options = options;
        this.policy = policy;
    }

    /**
     * Runs the check in the calling thread.
     *
     * @param reference a file, folder or pattern, as {@link Tables} reads it
     * @param current the same for the data to judge
     * @throws io.mldelivery.model.DeliveryException when either cannot be read
     */
    public DriftVerdict compare(String reference, String current) {
        try (Tables tables = Tables.open(options, reference, current)) {
            Measurements measured =
                    new Comparison(tables, tables.read(reference), tables.read(current), policy).measure();
            return Judge.judge(measured, policy);
        }
    }
}
