package io.mldelivery.rollout.control;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.Measurement;
import io.mldelivery.rollout.analysis.Reading;
import io.mldelivery.rollout.analysis.RolloutAnalysis;
import io.mldelivery.rollout.analysis.Verdict;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.machine.Instance;
import io.mldelivery.rollout.machine.Observation;
import io.mldelivery.rollout.machine.Observing;
import io.mldelivery.rollout.machine.Paused;
import io.mldelivery.rollout.machine.Preparing;
import io.mldelivery.rollout.machine.Promoting;
import io.mldelivery.rollout.machine.RollingBack;
import io.mldelivery.rollout.machine.Shifting;
import io.mldelivery.rollout.metrics.PlannedMetrics;
import io.mldelivery.rollout.plan.MetricPlan;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the world; what cannot be read is said to be unknown, never made up. */
final class Observer {
    private final RolloutTarget target;
    private final ModelRegistry registry;
    private final RolloutPlan plan;
    private final Map<String, String> environment;

    Observer(RolloutTarget target, ModelRegistry registry, RolloutPlan plan, Map<String, String> environment) {
        this.target = target;
        this.registry = registry;
        this.plan = plan;
        this.environment = environment;
    }

    Observation observe(Journal journal, Optional<Command> command, Instant now) {
        RolloutOrder order = journal.order;
        Instance candidate = candidate(journal);
        Instance stable = order.stable().map(target::instance).orElse(Instance.absent());
        return new Observation(
                candidate,
                journal.warmed,
                stable,
                weight(journal),
                stable.isAbsent(),
                aliasMoved(journal, stable),
                measures(journal) ? measure(journal, candidate, now) : Verdict.nothingYet(),
                journal.analysis.candidate().requests(),
                command,
                journal.trouble);
    }

    private Instance candidate(Journal journal) {
        return journal.state instanceof Preparing && journal.impossible.isPresent()
                ? Instance.dead(journal.impossible.get())
                : target.instance(journal.order.candidate());
    }

    private static boolean measures(Journal journal) {
        return journal.state instanceof Shifting
                || journal.state instanceof Observing
                || journal.state instanceof Paused
                || journal.state instanceof Promoting;
    }

    /** On the way back every kind of traffic counts; on the way forward only the kind that the plan wants. */
    private Optional<Integer> weight(Journal journal) {
        try {
            Split split = target.split(journal.order.candidate());
            Split.Kind wanted = journal.state instanceof Promoting ? Split.Kind.WEIGHTED : Split.kind(plan);
            boolean counts =
                    journal.state instanceof RollingBack || split.kind() == wanted || split.equals(Split.weighted(0));
            return counts ? Optional.of(split.percent()) : Optional.empty();
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
            return Optional.of(registry.champion(candidate.model())
                    .filter(candidate.version()::equals)
                    .isPresent());
        } catch (DeliveryException e) {
            return Optional.empty(); // unknown; the machine sets it again and hears why that fails
        }
    }

    /** What has ended need not be measured: a metric source that is slow does not keep traffic on it. */
    private Verdict measure(Journal journal, Instance candidate, Instant now) {
        var analysis =
                new RolloutAnalysis(plan.analysis(), journal.order.stable().isPresent());
        if (!candidate.isDead() && due(journal.nextLook, plan.analysis().interval(), now)) {
            journal.nextLook = now.plus(plan.analysis().interval());
            journal.blind = look(journal, analysis, now);
        }
        return journal.blind.map(Verdict::error).orElseGet(() -> verdict(journal, analysis, now));
    }

    /** Returns why it could not be measured. */
    private Optional<String> look(Journal journal, RolloutAnalysis analysis, Instant now) {
        try {
            count(journal, analysis, now);
            readMetrics(journal, analysis, now);
            return Optional.empty();
        } catch (DeliveryException e) {
            return Optional.of(e.what());
        }
    }

    private Verdict verdict(Journal journal, RolloutAnalysis analysis, Instant now) {
        Verdict verdict = analysis.verdict(journal.analysis, journal.rate(now));
        try {
            return target.agreement()
                    .map(agreement -> verdict.with(finding(agreement)))
                    .orElse(verdict);
        } catch (DeliveryException e) {
            return Verdict.error(e.what());
        }
    }

    /** A clock that was set back does not make anything wait longer than its interval. */
    private static boolean due(Instant time, Duration interval, Instant now) {
        return !now.isBefore(time) || time.isAfter(now.plus(interval));
    }

    private void count(Journal journal, RolloutAnalysis analysis, Instant now) {
        VersionCounts candidate = target.counts(journal.order.candidate());
        VersionCounts stable = stableCounts(journal);
        if (journal.measuring) {
            journal.analysis = analysis.observe(
                    journal.analysis, candidate.since(journal.lastCandidate), stable.since(journal.lastStable));
        } else {
            journal.measuringSince = Optional.of(now);
        }
        journal.measuring = true;
        journal.lastCandidate = candidate;
        journal.lastStable = stable;
    }

    private void readMetrics(Journal journal, RolloutAnalysis analysis, Instant now) {
        var metrics = new PlannedMetrics(plan.analysis().prometheus(), environment);
        for (MetricPlan metric : plan.analysis().metrics()) {
            if (due(journal.due.getOrDefault(metric.name(), Instant.EPOCH), metric.interval(), now)) {
                journal.due.put(metric.name(), now.plus(metric.interval()));
                journal.analysis = analysis.take(journal.analysis, metric, reading(journal.order, metrics, metric));
            }
        }
    }

    private static Reading reading(RolloutOrder order, PlannedMetrics metrics, MetricPlan metric) {
        try {
            double candidate = metrics.read(metric, placeholders(order.candidate()));
            OptionalDouble stable = metric.worse().isPresent() && order.stable().isPresent()
                    ? OptionalDouble.of(
                            metrics.read(metric, placeholders(order.stable().get())))
                    : OptionalDouble.empty();
            return Reading.of(candidate, stable);
        } catch (DeliveryException e) {
            return Reading.failed(e.what());
        }
    }

    private static Map<String, String> placeholders(Deployment deployment) {
        return Map.of("model", deployment.model(), "version", deployment.version(), "key", deployment.key());
    }

    private static Measurement finding(Agreement agreement) {
        long compared = agreement.same() + agreement.different();
        Optional<Double> share = compared == 0 ? Optional.empty() : Optional.of(agreement.same() / (double) compared);
        return Measurement.finding(
                "same answers",
                share,
                compared,
                compared == 0 ? Outcome.INCONCLUSIVE : Outcome.PASS,
                agreement.same() + " of " + compared + " answers are the same, " + agreement.failed()
                        + " copies got none");
    }

    /** While promoting, the old version may be gone already: what it had answered stays. */
    private VersionCounts stableCounts(Journal journal) {
        Optional<Deployment> stable = journal.order.stable();
        if (stable.isEmpty()) {
            return VersionCounts.NONE;
        }
        boolean gone = journal.state instanceof Promoting
                && !target.instance(stable.get()).isReady();
        return gone ? journal.lastStable : target.counts(stable.get());
    }
}
