package io.mldelivery.rollout.control;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.RolloutAnalysis;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.machine.Effect;
import io.mldelivery.rollout.machine.Observation;
import io.mldelivery.rollout.machine.Observing;
import io.mldelivery.rollout.machine.Paused;
import io.mldelivery.rollout.machine.Promoted;
import io.mldelivery.rollout.machine.RollingBack;
import io.mldelivery.rollout.machine.RolloutMachine;
import io.mldelivery.rollout.machine.RolloutState;
import io.mldelivery.rollout.machine.Situation;
import io.mldelivery.rollout.machine.Transition;
import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.plan.Strategy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves one rollout forward, a tick at a time. Everything it must remember is in the journal at the target, so any process
 * that can read the target's folder may do the next tick: after a crash the same build resumes, and without the build the
 * command line does.
 *
 * <p>A tick never waits longer than the network calls it makes; ticks of one target exclude each other by a file lock.
 */
public final class RolloutController {
    private static final System.Logger LOGGER = System.getLogger(RolloutController.class.getName());
    /** Plans as read, by their text: reading one costs more than a tick. */
    private static final Map<String, RolloutPlan> PLANS = new ConcurrentHashMap<>();

    private static final int MOST_PLANS = 1_000;
    private static final int MOST_MOVES = 12;
    /** So often a controller shows that it lives while nothing changes. */
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(2);

    private final Journals folder;
    private final RolloutTarget target;
    private final ModelRegistry registry;
    private final Clock clock;
    private final Map<String, String> environment;

    /** A controller whose plans name no secrets. */
    public RolloutController(Journals folder, RolloutTarget target, ModelRegistry registry, Clock clock) {
        this(folder, target, registry, clock, Map.of());
    }

    /** @param environment holds the secrets that plans name */
    public RolloutController(
            Journals folder,
            RolloutTarget target,
            ModelRegistry registry,
            Clock clock,
            Map<String, String> environment) {
        this.folder = folder;
        this.target = target;
        this.registry = registry;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    /** Writes down a new rollout; the first tick begins it. Fails when one that lives is under way on this target. */
    public RolloutReport start(RolloutOrder order) {
        RolloutPlan plan = plan(order);
        if (!new RolloutAnalysis(plan.analysis(), order.stable().isPresent()).checksAnything()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    order.planSource() + ": analysis: only comparisons with the old version, but " + order.target()
                            + " serves none yet",
                    "Add an absolute limit, such as successRate: {min: 0.99}.");
        }
        refuseNow(order, plan);
        return folder.exclusively(() -> {
            refuseSecond(order);
            Journal journal = Journal.of(order);
            claim(journal);
            new Chronicle(plan).started(journal, clock.instant());
            folder.save(journal);
            folder.latest(order.id());
            return report(journal, 0);
        });
    }

    private void refuseNow(RolloutOrder order, RolloutPlan plan) {
        plan.frozenUntil(clock.instant()).ifPresent(end -> {
            throw new DeliveryException(
                    Code.CONFIG,
                    order.planSource() + ": freeze: no rollout starts before " + end,
                    "Run again then, or change the plan's key freeze.");
        });
        if (plan.strategy() == Strategy.SHADOW && order.stable().isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    order.planSource() + ": strategy shadow compares with a version that serves, but " + order.target()
                            + " serves none",
                    "Roll the first version out with strategy: canary.");
        }
    }

    private void refuseSecond(RolloutOrder order) {
        unfinished().ifPresent(other -> {
            throw new DeliveryException(
                    Code.SERVING,
                    order.target() + ": rollout " + other.order.id() + " of "
                            + other.order.candidate().label() + ", started by " + other.order.owner()
                            + ", is still under way",
                    "Wait for it, or end it with: mldelivery rollout abort " + other.order.id());
        });
    }

    private Optional<Journal> unfinished() {
        return folder.latest().flatMap(folder::journal).filter(journal -> !journal.state.isFinal());
    }

    /** The rollout under way that somebody controls, if any, as a sentence. */
    public Optional<String> busy() {
        return unfinished()
                .filter(journal -> !folder.isOrphan(journal))
                .map(journal -> "rollout " + journal.order.id() + " of "
                        + journal.order.candidate().label() + ", started by " + journal.order.owner()
                        + ", is under way");
    }

    /** The rollout under way whose controlling process has died, if any: somebody should finish it. */
    public Optional<String> orphan() {
        return unfinished().filter(folder::isOrphan).map(journal -> journal.order.id());
    }

    private static boolean ownedByOther(Journal journal) {
        return journal.ownerPid != ProcessHandle.current().pid();
    }

    private void claim(Journal journal) {
        journal.ownerPid = ProcessHandle.current().pid();
        journal.ownerStartedAt = RolloutFolder.startOf(ProcessHandle.current());
        journal.heartbeat = clock.instant();
    }

    /**
     * Looks at the rollout and does what is due.
     *
     * @param knownEvents how many of the rollout's events the caller has; later ones come with the report
     */
    public RolloutReport tick(String id, int knownEvents) {
        return folder.exclusively(() -> {
            Journal journal = require(id);
            if (!journal.state.isFinal()) {
                advance(journal);
            }
            return report(journal, knownEvents);
        });
    }

    /** How a rollout stands, without doing anything. */
    public RolloutReport look(String id, int knownEvents) {
        return report(require(id), knownEvents);
    }

    private Journal require(String id) {
        return folder.journal(id)
                .orElseThrow(() -> new DeliveryException(
                        Code.DATA,
                        target.name() + " has no rollout " + id,
                        "Known are: " + String.join(", ", folder.ids()) + "."));
    }

    /** Ticks until the rollout has ended or this much time has passed; for those who finish what others left. */
    public RolloutReport finish(String id, Command command, Duration patience) throws InterruptedException {
        folder.command(id, command);
        Instant until = clock.instant().plus(patience);
        RolloutReport report = tick(id, 0);
        while (!report.isFinished() && clock.instant().isBefore(until)) {
            Thread.sleep(Math.min(200, report.intervalMillis()));
            report = tick(id, 0);
        }
        return report;
    }

    private RolloutPlan plan(RolloutOrder order) {
        if (PLANS.size() > MOST_PLANS) {
            PLANS.clear();
        }
        RolloutPlan plan = PLANS.computeIfAbsent(
                order.planSource() + "\n" + order.plan(), any -> RolloutPlan.parse(order.planSource(), order.plan()));
        return order.stable().isPresent() || plan.strategy() == Strategy.SHADOW ? plan : plan.firstVersion();
    }

    private void advance(Journal journal) {
        RolloutPlan plan = plan(journal.order);
        List<Object> before = journal.substance();
        Instant shownAlive = journal.heartbeat;
        var observer = new Observer(target, registry, plan, environment);
        var performer = new Performer(target, registry, plan);
        perform(journal, performer);
        prolongReplay(journal, plan);
        for (int moves = 0; moves < MOST_MOVES && move(journal, plan, observer, performer); moves++) {
            // as long as something changes at once, nothing needs to wait for the next tick
        }
        tell(journal, plan);
        boolean silent = shownAlive.plus(SIGN_OF_LIFE).isBefore(clock.instant()) || ownedByOther(journal);
        if (silent) {
            claim(journal);
        }
        if (silent || !journal.substance().equals(before)) {
            folder.save(journal);
        } else {
            folder.keep(journal);
        }
    }

    /** Hands new events to those who want to be told; what they do with it does not hold the rollout up. */
    private void tell(Journal journal, RolloutPlan plan) {
        var notifier = new Notifier(plan.notifications(), environment);
        for (RolloutEvent event : journal.events) {
            if (event.sequence() > journal.notified) {
                notifier.tell(event, journal);
                journal.notified = event.sequence();
            }
        }
    }

    /** One observation and what follows; returns whether looking again at once may lead further. */
    private boolean move(Journal journal, RolloutPlan plan, Observer observer, Performer performer) {
        Instant now = clock.instant();
        Observation seen = observer.observe(journal, folder.command(journal.order.id()), now);
        var situation = new Situation(
                plan,
                journal.order.stable().isPresent(),
                journal.order.drill().isPresent(),
                journal.effectiveStart(now),
                journal.order.group().isPresent());
        Transition transition = new RolloutMachine(situation).next(journal.state, seen, now);
        boolean changed = !transition.state().label().equals(journal.state.label())
                || stepOf(transition.state()) != stepOf(journal.state);
        RolloutState before = journal.state;
        journal.state = transition.state();
        journal.pending = new ArrayList<>(transition.effects());
        if (changed) {
            entered(journal, plan, before, seen, now);
        }
        boolean done = carryOut(journal, performer);
        noteReturn(journal);
        if (journal.state.isFinal()) {
            return false;
        }
        return changed || done && transition.effects().stream().anyMatch(Effect.SetWeight.class::isInstance);
    }

    /** Saves the intention, performs it, saves the result. Without an intention there is nothing to save. */
    private boolean carryOut(Journal journal, Performer performer) {
        if (journal.pending.isEmpty()) {
            return false;
        }
        folder.save(journal);
        boolean done = perform(journal, performer);
        folder.save(journal);
        return done;
    }

    private boolean perform(Journal journal, Performer performer) {
        if (journal.pending.isEmpty()) {
            return true;
        }
        try {
            for (Effect effect : journal.pending) {
                performer.perform(effect, journal);
            }
            journal.trouble = Optional.empty();
            return true;
        } catch (DeliveryException e) {
            journal.trouble = Optional.of(e.what());
            journal.impossible = isFinal(e, journal);
            return false;
        } finally {
            journal.pending = new ArrayList<>();
        }
    }

    /** Nothing that is wrong in itself gets better by waiting; anything else may. */
    private static Optional<String> isFinal(DeliveryException e, Journal journal) {
        boolean starting = journal.pending.stream().anyMatch(Effect.StartCandidate.class::isInstance);
        return starting && e.code() == Code.CONFIG
                ? Optional.of(e.what() + ". " + e.advice().replaceAll("\\.$", ""))
                : Optional.empty();
    }

    private void entered(Journal journal, RolloutPlan plan, RolloutState before, Observation seen, Instant now) {
        countPause(journal, before, now);
        var chronicle = new Chronicle(plan);
        if (journal.state instanceof RollingBack) {
            journal.failedAt = Optional.of(now);
        }
        if (!journal.state.isFinal()) {
            chronicle.changed(journal, seen, now);
            return;
        }
        conclude(journal, chronicle, now);
    }

    private void conclude(Journal journal, Chronicle chronicle, Instant now) {
        if (journal.state instanceof Promoted) {
            target.current(journal.order.candidate());
            chronicle.aliasSet(journal, now);
        }
        endReplay();
        folder.forgetCommand(journal.order.id());
        journal.finishedAt = Optional.of(now);
        chronicle.finished(journal, weights(journal), now);
    }

    private void endReplay() {
        try {
            target.endReplay();
        } catch (DeliveryException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the replay ends with its lease", e);
        }
    }

    private static void countPause(Journal journal, RolloutState before, Instant now) {
        if (journal.state instanceof Paused) {
            journal.pausedSince = Optional.of(now);
        } else if (before instanceof Paused paused) {
            journal.paused = journal.paused.plus(Duration.between(journal.pausedSince.orElse(paused.since()), now));
            journal.pausedSince = Optional.empty();
        }
    }

    /** Notes when the traffic was back on the old version. */
    private void noteReturn(Journal journal) {
        boolean returning = journal.state instanceof RollingBack && journal.rollbackSeconds.isEmpty();
        if (returning && journal.failedAt.isPresent() && weightIsZero(journal)) {
            Duration took = Duration.between(journal.failedAt.get(), clock.instant());
            journal.rollbackSeconds = Optional.of(took.toMillis() / 1000.0);
        }
    }

    private boolean weightIsZero(Journal journal) {
        try {
            return target.split(journal.order.candidate()).percent() == 0;
        } catch (DeliveryException e) {
            return false; // not known yet; the next move looks again
        }
    }

    private static int stepOf(RolloutState state) {
        if (state instanceof Observing observing) {
            return observing.step();
        }
        return state instanceof io.mldelivery.rollout.machine.Shifting shifting ? shifting.step() : -1;
    }

    private void prolongReplay(Journal journal, RolloutPlan plan) {
        RolloutState state = journal.state;
        boolean serving = stepOf(state) >= 0
                || state instanceof Paused
                || state instanceof RollingBack
                || state.label().equals("promoting");
        if (!serving || journal.order.replay().isEmpty()) {
            return;
        }
        Duration lease = plan.analysis().interval().multipliedBy(5).plusSeconds(10);
        try {
            target.replay(journal.order.candidate(), journal.order.replay().get(), plan.rate(), lease);
        } catch (DeliveryException e) {
            journal.trouble = Optional.of(e.what());
        }
    }

    private Map<String, Integer> weights(Journal journal) {
        return new Account(journal, plan(journal.order), target).weights();
    }

    private RolloutReport report(Journal journal, int knownEvents) {
        return new Account(journal, plan(journal.order), target).report(knownEvents);
    }
}
