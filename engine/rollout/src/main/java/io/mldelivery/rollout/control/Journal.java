package io.mldelivery.rollout.control;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.mldelivery.rollout.analysis.AnalysisState;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.machine.Effect;
import io.mldelivery.rollout.machine.RolloutMachine;
import io.mldelivery.rollout.machine.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rollout's memory, kept at the target by its {@link Journals}. Not safe between threads: the controller holds a lock. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE,
        creatorVisibility = Visibility.ANY)
public final class Journal {
    RolloutOrder order;
    RolloutState state = RolloutMachine.initial();
    /** Intended, perhaps performed. */
    List<Effect> pending = new ArrayList<>();

    AnalysisState analysis = AnalysisState.fresh();
    VersionCounts lastCandidate = VersionCounts.NONE;
    VersionCounts lastStable = VersionCounts.NONE;
    /** Whether the last counts are of this rollout, so that differences to them can be taken. */
    boolean measuring;

    boolean warmed;
    /** Whether the alias may have been changed. */
    boolean aliasTouched;

    Optional<String> trouble = Optional.empty();
    /** Why the new version can never be started here, however often that is tried. */
    Optional<String> impossible = Optional.empty();

    Optional<Instant> pausedSince = Optional.empty();
    Duration paused = Duration.ZERO;
    Optional<Instant> failedAt = Optional.empty();
    Optional<Double> rollbackSeconds = Optional.empty();
    Optional<Instant> finishedAt = Optional.empty();
    /** Since when there are measurements. */
    Optional<Instant> measuringSince = Optional.empty();
    /** When each metric of the plan is to be measured next. */
    Map<String, Instant> due = new LinkedHashMap<>();
    /** When the counters are to be read next. */
    Instant nextLook = Instant.EPOCH;
    /** Why the counters could not be read when they were asked last. */
    Optional<String> blind = Optional.empty();
    /** The last event that was handed to those who want to be told. */
    int notified;

    Instant heartbeat = Instant.EPOCH;
    long ownerPid;
    long ownerStartedAt;
    List<RolloutEvent> events = new ArrayList<>();

    private Journal() {}

    static Journal of(RolloutOrder order) {
        var journal = new Journal();
        journal.order = order;
        return journal;
    }

    /** The rollout's name. */
    public String id() {
        return order.id();
    }

    public boolean isFinal() {
        return state.isFinal();
    }

    /** When a controller last showed that it lives, as far as that was worth writing down. */
    public Instant heartbeat() {
        return heartbeat;
    }

    /** As text, for a place that is no file. */
    public String text() {
        return Json.text(this);
    }

    /** @param where the text comes from, for messages */
    public static Journal parse(String text, String where) {
        return Json.parse(text, Journal.class, where);
    }

    /** All that must be safe at once: what was merely counted can be counted again. */
    List<Object> substance() {
        Map<String, Long> bad = new LinkedHashMap<>();
        analysis.tallies().forEach((metric, tally) -> bad.put(metric, tally.bad()));
        return List.of(
                state,
                List.copyOf(pending),
                bad,
                measuring,
                warmed,
                aliasTouched,
                trouble,
                impossible,
                pausedSince,
                paused,
                failedAt,
                rollbackSeconds,
                finishedAt,
                notified,
                events.size());
    }

    /** Requests of the new version a second since measuring began; NaN when that is not known yet. */
    double rate(Instant now) {
        double seconds = measuringSince
                .map(since -> Duration.between(since, now).toMillis() / 1000.0)
                .orElse(0.0);
        return seconds < 1 ? Double.NaN : analysis.candidate().requests() / seconds;
    }

    void add(Instant now, String type, String text, Map<String, Object> data) {
        events.add(new RolloutEvent(events.size() + 1, now.toString(), type, text, data));
    }

    /** When the rollout would have begun, had it never been paused: its deadline does not run in pauses. */
    Instant effectiveStart(Instant now) {
        Duration current =
                pausedSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        return order.startedAt().plus(paused).plus(current);
    }
}
