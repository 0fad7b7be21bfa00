package io.mldelivery.drift;

import io.mldelivery.data.Table;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.investigate.Cut;
import io.mldelivery.drift.investigate.Investigator;
import io.mldelivery.drift.measure.Comparison;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Season;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileComparison;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.profile.Profiler;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.drift.verdict.Judge;
import io.mldelivery.drift.verdict.RunMonitor;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares current data with a reference: reads both, measures all columns, asks what the policy asks besides, and
 * judges.
 */
public final class DriftCheck {
    private static final long MEBIBYTE = 1L << 20;

    private final TableOptions options;
    private final DriftPolicy policy;
    private final Optional<RunMonitor> before;

    /** A check of its own, without any before it. */
    public DriftCheck(TableOptions options, DriftPolicy policy) {
        this(options, policy, Optional.empty());
    }

    /** {@code before} says where the monitoring over builds stood after the last check. */
    public DriftCheck(TableOptions options, DriftPolicy policy, Optional<RunMonitor> before) {
        this.options = policy.brokenRows() > 0 ? options.withBrokenRows(policy.brokenRows()) : options;
        this.policy = policy;
        this.before = before;
    }

    /**
     * Runs the check in the calling thread.
     *
     * @param reference a profile, or a file, folder or pattern, as {@link Tables} reads it
     * @param current the same for the data to judge
     * @throws DeliveryException when either cannot be read
     */
    public DriftVerdict compare(String reference, String current) {
        Path file = options.folder().resolve(reference);
        return ProfileFile.is(file)
                ? compare(ProfileFile.read(reference, file), current)
                : compareTables(reference, current);
    }

    /** As {@link #compare(String, String)}, with a profile in the reference's place. */
    public DriftVerdict compare(Profile reference, String current) {
        policy.further().season().ifPresent(DriftCheck::refuse);
        try (Tables tables = Tables.open(options, current)) {
            Table now = new Cut(tables)
                    .window(tables.read(current), policy.further().window());
            Measurements measured = new ProfileComparison(reference, tables, now, policy).measure();
            Findings findings = new Investigator(tables, policy).ask(reference.performance(), now);
            return Judge.judge(measured.withNotes(notes(tables, List.of(now))), findings, policy, before);
        }
    }

    private static void refuse(Season season) {
        throw new DeliveryException(
                Code.CONFIG,
                "season: a profile holds no rows of a part of the week",
                "Name a table as reference, or profile each part on its own.");
    }

    /** Summarizes a table, so that later checks need not read it. */
    public Profile profile(String reference) {
        try (Tables tables = Tables.open(options, reference)) {
            Table table = tables.read(reference);
            Profile profile = new Profiler(tables, table).profile();
            return profile.with(new Investigator(tables, policy).reference(table));
        }
    }

    private DriftVerdict compareTables(String reference, String current) {
        try (Tables tables = Tables.open(options, reference, current)) {
            var cut = new Cut(tables);
            Table now = cut.window(tables.read(current), policy.further().window());
            Table then = policy.further()
                    .season()
                    .map(season -> cut.season(tables.read(reference), now, season))
                    .orElseGet(() -> tables.read(reference));
            var comparison = new Comparison(tables, then, now, policy);
            Measurements measured = comparison.measure();
            List<String> drifted = Judge.judge(measured, policy).drifted().stream()
                    .map(ColumnVerdict::name)
                    .toList();
            Findings findings = Math.min(then.rows(), now.rows()) < policy.minimumRows()
                    ? Findings.NONE
                    : new Investigator(tables, policy).ask(then, now, comparison.shared(), drifted);
            return Judge.judge(measured.withNotes(notes(tables, List.of(then, now))), findings, policy, before);
        }
    }

    /** What the reader of the result should know about the reading. */
    private List<String> notes(Tables tables, List<Table> read) {
        List<String> notes = new ArrayList<>();
        read.stream()
                .filter(table -> table.broken().count() > 0)
                .forEach(table -> notes.add(table.source() + ": "
                        + table.broken().count() + " unreadable rows were left out: "
                        + String.join("; ", table.broken().examples())));
        long spilled = tables.spilledBytes();
        if (spilled > 0) {
            notes.add((spilled + MEBIBYTE - 1) / MEBIBYTE + " MiB lie in temporary files, because the memory limit is "
                    + options.memoryBytes() / MEBIBYTE + " MiB");
        }
        return notes;
    }
}
