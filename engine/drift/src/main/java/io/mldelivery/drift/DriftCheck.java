package io.mldelivery.drift;

import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.measure.Comparison;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileComparison;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.profile.Profiler;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.drift.verdict.Judge;
import java.nio.file.Path;

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
     * @param reference a profile, or a file, folder or pattern, as {@link Tables} reads it
     * @param current the same for the data to judge
     * @throws io.mldelivery.model.DeliveryException when either cannot be read
     */
    public DriftVerdict compare(String reference, String current) {
        Path file = options.folder().resolve(reference);
        return ProfileFile.is(file)
                ? compare(ProfileFile.read(reference, file), current)
                : compareTables(reference, current);
    }

    /** As {@link #compare(String, String)}, with a profile in the reference's place. */
    public DriftVerdict compare(Profile reference, String current) {
        try (Tables tables = Tables.open(options, current)) {
            return Judge.judge(new ProfileComparison(reference, tables, tables.read(current), policy).measure(), policy);
        }
    }

    /** Summarizes a table, so that later checks need not read it. */
    public Profile profile(String reference) {
        try (Tables tables = Tables.open(options, reference)) {
            return new Profiler(tables, tables.read(reference)).profile();
        }
    }

    private DriftVerdict compareTables(String reference, String current) {
        try (Tables tables = Tables.open(options, reference, current)) {
            Measurements measured =
                    new Comparison(tables, tables.read(reference), tables.read(current), policy).measure();
            return Judge.judge(measured, policy);
        }
    }
}
