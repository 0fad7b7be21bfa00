package io.mldelivery.cli;

import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import io.mldelivery.retraining.budget.PastRetraining;
import io.mldelivery.retraining.budget.RetrainingDecision;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.retraining.local.RetrainingLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Retraining because a build of {@code mldelivery run} found drift: decides at once, within the trigger's budget, and starts
 * the retraining when that build has ended, as there is no controller that would outlive it.
 */
final class LocalRetraining {
    private final Path home;
    private final Path file;
    private final List<LocalTrigger> triggers;
    private final RetrainingLedger ledger;
    private final Clock clock;
    private final Map<LocalTrigger, String> agreed = new LinkedHashMap<>();

    LocalRetraining(Path home, Path file, Clock clock) {
        this.home = home;
        this.file = file;
        this.triggers = TriggersFile.read(file);
        this.ledger = new RetrainingLedger(home.resolve("retraining.jsonl"), home, clock);
        this.clock = clock;
    }

    /** Answers a request; empty when no trigger for drift checks has that name. */
    synchronized Optional<RetrainingAnswer> answer(RetrainingRequest request) {
        return triggers.stream()
                .filter(trigger -> trigger.sender().isEmpty() && trigger.name().equals(request.trigger()))
                .findFirst()
                .map(trigger -> answer(trigger, request));
    }

    private RetrainingAnswer answer(LocalTrigger trigger, RetrainingRequest request) {
        if (trigger.subject().isPresent() && !trigger.subject().equals(request.model())) {
            return RetrainingAnswer.refused(
                    "The trigger waits for the model " + trigger.subject().get() + ".");
        }
        if (agreed.containsKey(trigger)) {
            return RetrainingAnswer.refused("This build asked before.");
        }
        List<PastRetraining> history = ledger.history(RetrainingBuilds.job(trigger), Optional.empty()).stream()
                .filter(past -> past.automatic() || past.startedAt().isBefore(request.buildStarted()))
                .toList();
        RetrainingDecision decision = trigger.budget()
                .decideOnDrift(history, request.healthySince(), ledger.rolloutOf(request.model()), clock.instant());
        if (!decision.starts()) {
            return RetrainingAnswer.refused(decision.reason());
        }
        agreed.put(trigger, request.reason());
        return RetrainingAnswer.started(decision.reason() + " It starts when this build has ended.");
    }

    /** Runs what was agreed to, one after the other, to its end. */
    void run(Consumer<String> log) throws InterruptedException {
        Map<LocalTrigger, String> now;
        synchronized (this) {
            now = new LinkedHashMap<>(agreed);
            agreed.clear();
        }
        if (now.isEmpty()) {
            return;
        }
        List<String> secrets = triggers.stream()
                .flatMap(trigger -> trigger.secretVariable().stream())
                .toList();
        try (var builds = new RetrainingBuilds(home, file, ledger, clock, secrets, log)) {
            Thread atEnd = new Thread(builds::close);
            Runtime.getRuntime().addShutdownHook(atEnd);
            for (Map.Entry<LocalTrigger, String> each : now.entrySet()) {
                builds.start(each.getKey(), each.getValue());
                builds.await();
            }
            Runtime.getRuntime().removeShutdownHook(atEnd);
        }
    }
}
