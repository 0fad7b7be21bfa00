package io.mldelivery.retraining.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.report.BuildFolders;
import io.mldelivery.retraining.budget.PastRetraining;
import io.mldelivery.retraining.budget.PastRetraining.End;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What events started, kept in a hash-chained file, and what the jobs' builds did, from their evidence. Survives
 * restarts; a build that was running when the server died counts as ended in vain.
 */
public final class RetrainingLedger {
    private static final String STARTED = "retraining.started";
    private static final String ENDED = "retraining.ended";

    private final EvidenceLog log;
    private final BuildFolders builds;

    /**
     * @param file where starts and ends are kept
     * @param home where the builds are, as {@code mldelivery run} lays them out
     */
    public RetrainingLedger(Path file, Path home, Clock clock) {
        log = new EvidenceLog(file, clock);
        builds = new BuildFolders(home);
    }

    /** Remembers a start; the number identifies it. */
    public long started(String trigger, String job, String event) {
        return log.append(STARTED, new Begun(trigger, job, event)).sequence();
    }

    /** Remembers the end of a started build, with the exit code of its process. */
    public void ended(long start, int exitCode) {
        log.append(ENDED, new Over(start, exitCode));
    }

    private record Begun(String trigger, String job, String event) {}

    private record Over(long start, int exitCode) {}

    /**
     * A job's builds as the budget sees them.
     *
     * @param running the start whose build runs now
     */
    public List<PastRetraining> history(String job, Optional<Long> running) {
        List<Build> open = new ArrayList<>(builds(job));
        List<PastRetraining> history = new ArrayList<>();
        for (Start start : starts(job)) {
            List<Build> own = open.stream().filter(start::covers).toList();
            open.removeAll(own);
            history.add(new PastRetraining(start.at(), true, end(start, own, running)));
        }
        open.forEach(build ->
                history.add(new PastRetraining(build.at(), false, build.promoted() ? End.PROMOTED : End.IN_VAIN)));
        return history;
    }

    private static End end(Start start, List<Build> own, Optional<Long> running) {
        if (running.filter(number -> number == start.number()).isPresent()) {
            return End.RUNNING;
        }
        return own.stream().anyMatch(Build::promoted) ? End.PROMOTED : End.IN_VAIN;
    }

    /** Whether a build of the job set this alias to this version itself. */
    public boolean did(String job, AliasSet reported) {
        return builds.evidence(job).stream()
                .flatMap(file -> EvidenceLog.at(file).read().stream())
                .filter(event -> event.type().equals("alias.set"))
                .map(EvidenceEvent::data)
                .anyMatch(data ->
                        new AliasSet(text(data, "name"), text(data, "alias"), text(data, "version")).equals(reported));
    }

    /** What rollout of the model is under way in a build of this home, in words; empty for none or an unknown model. */
    public Optional<String> rolloutOf(Optional<String> model) {
        return model.flatMap(name -> builds.all().stream()
                .filter(file -> RunningRollout.of(EvidenceLog.at(file).read(), name))
                .findFirst()
                .map(file -> "A rollout of " + name + " is under way in " + file.getParent()));
    }

    private static String text(JsonNode data, String key) {
        return data.path(key).asText();
    }

    /** A start by an event, with the time until which its build can have begun. */
    private record Start(long number, Instant at, Instant until) {
        boolean covers(Build build) {
            return !build.at().isBefore(at) && build.at().isBefore(until);
        }
    }

    private List<Start> starts(String job) {
        Map<Long, Start> starts = new LinkedHashMap<>();
        for (EvidenceEvent event : log.read()) {
            if (event.type().equals(STARTED) && text(event.data(), "job").equals(job)) {
                starts.put(event.sequence(), new Start(event.sequence(), event.time(), Instant.MAX));
            } else if (event.type().equals(ENDED)) {
                starts.computeIfPresent(
                        event.data().path("start").asLong(),
                        (number, start) -> new Start(number, start.at(), event.time()));
            }
        }
        return List.copyOf(starts.values());
    }

    /** A build with evidence. */
    private record Build(Instant at, boolean promoted) {}

    private List<Build> builds(String job) {
        return builds.evidence(job).stream()
                .map(file -> EvidenceLog.at(file).read())
                .filter(events -> !events.isEmpty())
                .map(events -> new Build(events.get(0).time(), events.stream().anyMatch(RetrainingLedger::isPromotion)))
                .toList();
    }

    private static boolean isPromotion(EvidenceEvent event) {
        return event.type().equals("rollout.finished")
                && text(event.data(), "outcome").equals("PASS");
    }
}
