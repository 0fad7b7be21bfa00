package io.mldelivery.drift;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.duckdb.DuckDbEngine;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.DriftEngine;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.finding.Findings;
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
    private final DriftEngine engine;
    private final DriftPolicy policy;
    private final Optional<RunMonitor> before;

    /** A check of its own, without any before it. */
    public DriftCheck(TableOptions options, DriftPolicy policy) {
        this(options, policy, Optional.empty());
    }

    /** {@code before} says where the monitoring over builds stood after the last check. */
    public DriftCheck(TableOptions options, DriftPolicy policy, Optional<RunMonitor> before) {
        this(new DuckDbEngine(options), policy, before);
    }

    /** With something else than DuckDB to read and count. */
    public DriftCheck(DriftEngine engine, DriftPolicy policy, Optional<RunMonitor> before) {
        this.engine = engine;
        this.policy = policy;
        this.before = before;
    }

    /**
     * Runs the check in the calling thread.
     *
     * @param reference a profile, or a file, folder or pattern, as the engine reads it
     * @param current the same for the data to judge
     * @throws DeliveryException when either cannot be read
     */
    public DriftVerdict compare(String reference, String current) {
        Optional<Path> profile = engine.file(reference).filter(ProfileFile::is);
        return profile.isPresent()
                ? compare(ProfileFile.read(reference, profile.get()), current)
                : compareTables(reference, current);
    }

    /** As {@link #compare(String, String)}, with a profile in the reference's place. */
    public DriftVerdict compare(Profile reference, String current) {
        policy.further().season().ifPresent(DriftCheck::refuse);
        try (DriftData data = engine.open(policy.brokenRows(), current)) {
            Frame now = data.window(data.read(current), policy.further().window());
            Measurements measured = new ProfileComparison(reference, now, policy).measure();
            Findings findings = new Investigator(policy).ask(reference.performance(), now);
            return Judge.judge(measured.withNotes(notes(data, List.of(now))), findings, policy, before);
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
        try (DriftData data = engine.open(policy.brokenRows(), reference)) {
            Frame table = data.read(reference);
            Profile profile = new Profiler(table).profile();
            return profile.with(new Investigator(policy).reference(table));
        }
    }

    private DriftVerdict compareTables(String reference, String current) {
        try (DriftData data = engine.open(policy.brokenRows(), reference, current)) {
            Frame now = data.window(data.read(current), policy.further().window());
            Frame then = policy.further()
                    .season()
                    .map(season -> data.season(data.read(reference), now, season))
                    .orElseGet(() -> data.read(reference));
            var comparison = new Comparison(data, then, now, policy);
            Measurements measured = comparison.measure();
            List<String> drifted = Judge.judge(measured, policy).drifted().stream()
                    .map(ColumnVerdict::name)
                    .toList();
            Findings findings = Math.min(then.rows(), now.rows()) < policy.minimumRows()
                    ? Findings.NONE
                    : new Investigator(policy).ask(then, now, comparison.shared(), drifted);
            return Judge.judge(measured.withNotes(notes(data, List.of(then, now))), findings, policy, before);
        }
    }

    /** What the reader of the result should know about the reading. */
    private static List<String> notes(DriftData data, List<Frame> read) {
        List<String> notes = new ArrayList<>();
        read.stream()
                .filter(table -> table.broken().count() > 0)
                .forEach(table -> notes.add(table.source() + ": "
                        + table.broken().count() + " unreadable rows were left out: "
                        + String.join("; ", table.broken().examples())));
        notes.addAll(data.notes());
        return notes;
    }
}
