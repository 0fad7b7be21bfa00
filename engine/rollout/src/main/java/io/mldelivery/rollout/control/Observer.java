package io.mldelivery.rollout.control;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.analysis.RolloutAnalysis;
import io.mldelivery.rollout.analysis.Verdict;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.machine.Instance;
import io.mldelivery.rollout.machine.Observation;
import io.mldelivery.rollout.machine.Observing;
import io.mldelivery.rollout.machine.Paused;
import io.mldelivery.rollout.machine.Promoting;
import io.mldelivery.rollout.machine.RollingBack;
import io.mldelivery.rollout.machine.Shifting;
import java.util.Optional;

/** Reads the world; what cannot be read is said to be unknown, never made up. */
final class Observer {
    private final RolloutTarget target;
    private final ModelRegistry registry;
    private final RolloutAnalysis analysis;

    Observer(RolloutTarget target, ModelRegistry registry, RolloutAnalysis analysis) {
        this.target = target;
        this.registry = registry;
        this.analysis = analysis;
    }

    Observation observe(Journal journal, Optional<Command> command) {
        RolloutOrder order = journal.order;
        Instance candidate = target.instance(order.candidate());
        Instance stable = order.stable().map(target::instance).orElse(Instance.absent());
        return new Observation(
                candidate,
                journal.warmed,
                stable,
                weight(order),
                stable.isAbsent(),
                aliasMoved(journal, stable),
                measures(journal) ? measure(journal) : Verdict.nothingYet(),
                journal.analysis.candidate().requests(),
                command,
                journal.trouble);
    }

    private static boolean measures(Journal journal) {
        return journal.state instanceof Shifting || journal.state instanceof Observing
                || journal.state instanceof Paused || journal.state instanceof Promoting;
    }

    private Optional<Integer> weight(RolloutOrder order) {
        try {
            return Optional.of(target.weight(order.candidate()));
        } catch (DeliveryException e) {
            return Optional.empty(); // unknown; the machine sets it again and hears why that fails
        }
    }

    private Optional<Boolean> aliasMoved(Journal journal, Instance stable) {
        boolean promoting = journal.state instanceof Promoting && stable.isAbsent();
        if (!promoting && !(journal.state instanceof RollingBack && journal.aliasTouched)) {
            return Optional.of(false);
        }
        try {
            Deployment candidate = journal.order.candidate();
            return Optional.of(registry.champion(candidate.model()).filter(candidate.version()::equals).isPresent());
        } catch (DeliveryException e) {
            return Optional.empty(); // unknown; the machine sets it again and hears why that fails
        }
    }

    private Verdict measure(Journal journal) {
        try {
            VersionCounts candidate = target.counts(journal.order.candidate());
            VersionCounts stable = stableCounts(journal);
            if (journal.measuring) {
                journal.analysis = analysis.observe(
                        journal.analysis, candidate.since(journal.lastCandidate), stable.since(journal.lastStable));
            }
            journal.measuring = true;
            journal.lastCandidate = candidate;
            journal.lastStable = stable;
            return analysis.verdict(journal.analysis);
        } catch (DeliveryException e) {
            return Verdict.error(e.what());
        }
    }

    /** While promoting, the old version may be gone already: what it had answered stays. */
    private VersionCounts stableCounts(Journal journal) {
        Optional<Deployment> stable = journal.order.stable();
        if (stable.isEmpty()) {
            return VersionCounts.NONE;
        }
        boolean gone = journal.state instanceof Promoting && !target.instance(stable.get()).isReady();
        return gone ? journal.lastStable : target.counts(stable.get());
    }
}
