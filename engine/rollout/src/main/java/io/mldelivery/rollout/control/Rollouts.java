package io.mldelivery.rollout.control;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.machine.Promoted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** All that can be done with the rollouts of one target. */
public final class Rollouts {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration TAKE_OVER = Duration.ofMinutes(2);
    /** All traffic at once, then promoted by command: what returns was judged when it was rolled out. */
    private static final String RETURN_PLAN = """
            strategy: blue-green
            steps: [{weight: 100, manual: true}]
            analysis: {successRate: {min: 0.01, compare: false}, minimumRequests: 1, errors: 10m}
            deadline: 10m
            """;

    private final Site site;
    private final ModelRegistry registry;
    private final Clock clock;
    private final Map<String, String> environment;

    /** @param environment holds the secrets that plans name */
    public Rollouts(Site site, ModelRegistry registry, Clock clock, Map<String, String> environment) {
        this.site = site;
        this.registry = registry;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    /**
     * What somebody asks to roll out.
     *
     * @param target the target's name; empty: the model's
     * @param replay absolute path of a file of requests, used when the plan names one
     * @param drill a fault for the new version's server, {@code errors} or {@code latency}, with or without {@code =value}
     * @param group names the group with which it is promoted; empty: none
     */
    public record Request(
            String model,
            String version,
            Optional<String> target,
            String owner,
            String planSource,
            String plan,
            Optional<String> replay,
            Optional<String> drill,
            Optional<String> group) {
        /** A rollout of its own. */
        public Request(
                String model,
                String version,
                Optional<String> target,
                String owner,
                String planSource,
                String plan,
                Optional<String> replay,
                Optional<String> drill) {
            this(model, version, target, owner, planSource, plan, replay, drill, Optional.empty());
        }
    }

    private RolloutController controller() {
        return new RolloutController(site.journals(), site.target(), registry, clock, environment);
    }

    /**
     * Writes a new rollout down; {@link #tick} then moves it. What a died controller left unfinished on the target is
     * brought to its end first, by going back.
     */
    public RolloutReport start(Request request) throws InterruptedException {
        RolloutController controller = controller();
        Optional<String> orphan = controller.orphan();
        if (orphan.isPresent()) {
            controller.finish(orphan.get(), Command.ABORT, TAKE_OVER);
        }
        return controller.start(order(request, site.target().current(), registry.champion(request.model())));
    }

    private RolloutOrder order(Request request, Optional<Deployment> current, Optional<String> champion) {
        Instant now = clock.instant();
        String id = "r" + ID.format(now) + "-"
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        boolean twice = current.filter(serving -> serving.key().equals(request.version()))
                .isPresent();
        String key = twice ? request.version() + "-" + id : request.version();
        return new RolloutOrder(
                id,
                request.owner(),
                site.label(),
                new Deployment(request.model(), request.version(), key),
                current,
                champion,
                request.planSource(),
                request.plan(),
                request.replay(),
                request.drill().map(Rollouts::fault),
                now,
                request.group());
    }

    private static String fault(String drill) {
        return switch (drill) {
            case "errors" -> "errors=0.5";
            case "latency" -> "latency=400ms";
            default -> drill;
        };
    }

    /** The rollout under way that somebody controls, as a sentence; empty when the target is free. */
    public Optional<String> busy() {
        return controller().busy();
    }

    /** Whether this very version serves on the target already, alone and in good health. */
    public boolean serves(Request request) {
        RolloutTarget target = site.target();
        return request.drill().isEmpty()
                && controller().orphan().isEmpty()
                && target.current()
                        .filter(current -> current.model().equals(request.model())
                                && current.version().equals(request.version()))
                        .filter(current -> target.instance(current).isReady())
                        .filter(current -> target.weight(current) == 100)
                        .isPresent()
                && registry.champion(request.model())
                        .filter(request.version()::equals)
                        .isPresent();
    }

    /**
     * Writes down the return to an earlier version, which takes all traffic as soon as it serves; {@link #tick} then moves
     * it. Needs no traffic and no verdict: somebody has decided.
     *
     * @param version empty: the one that served before the present one
     */
    public RolloutReport startReturn(Optional<String> version, String owner) throws InterruptedException {
        Deployment current = site.target()
                .current()
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        site.label() + " serves no version to go back from",
                        "Use canaryDeploy for the first one."));
        String wanted = version.or(() -> before(current))
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        site.label() + " does not know which version served before " + current.label(),
                        "Name the version; the evidence of the builds lists those that were champion."));
        if (wanted.equals(current.version())) {
            throw new DeliveryException(
                    Code.CONFIG,
                    current.label() + " serves on " + site.label() + " already",
                    "Name an earlier version.");
        }
        RolloutReport report = start(new Request(
                current.model(),
                wanted,
                Optional.empty(),
                owner,
                "the return plan",
                RETURN_PLAN,
                Optional.empty(),
                Optional.empty()));
        site.journals().command(report.id(), Command.PROMOTE);
        return report;
    }

    /**
     * Writes down the return from what a rollout has promoted to what served before it, if that is to be done.
     *
     * @return empty when nothing served before: there is nothing to return to
     */
    public Optional<RolloutReport> undo(String id, String owner) throws InterruptedException {
        Optional<String> before = site.journals()
                .journal(id)
                .filter(journal -> journal.state instanceof Promoted)
                .flatMap(journal -> journal.order.stable())
                .map(Deployment::version);
        return before.isPresent() ? Optional.of(startReturn(before, owner)) : Optional.empty();
    }

    /** The version that the last promotion of the present one replaced. */
    private Optional<String> before(Deployment current) {
        List<String> ids = new ArrayList<>(site.journals().ids());
        Collections.reverse(ids);
        return ids.stream()
                .map(site.journals()::journal)
                .flatMap(Optional::stream)
                .filter(journal -> journal.state instanceof Promoted)
                .map(journal -> journal.order)
                .filter(order -> order.candidate().version().equals(current.version()))
                .map(RolloutOrder::stable)
                .flatMap(Optional::stream)
                .map(Deployment::version)
                .findFirst();
    }

    /** Looks at a rollout and does what is due. */
    public RolloutReport tick(String id, int knownEvents) {
        return controller().tick(id, knownEvents);
    }

    /** How a rollout stands, without doing anything. */
    public RolloutReport look(String id) {
        return controller().look(id, 0);
    }

    /** Leaves a command for the controller, or carries it out when the controller is gone. */
    public RolloutReport command(String id, Command command) throws InterruptedException {
        RolloutController controller = controller();
        if (controller.orphan().filter(id::equals).isPresent()) {
            return controller.finish(id, command, TAKE_OVER);
        }
        site.journals().command(id, command);
        return controller.look(id, 0);
    }

    /** Leaves a command for the controller, whether or not it lives. */
    public void leave(String id, Command command) {
        site.journals().command(id, command);
    }

    /** Goes back to the old version and waits for the end. */
    public RolloutReport abort(String id) throws InterruptedException {
        return controller().finish(id, Command.ABORT, TAKE_OVER);
    }

    /** The rollout under way; fails when there is none. */
    public String underWay() {
        return site.journals()
                .latest()
                .filter(id -> !look(id).isFinished())
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG, site.label() + " has no rollout under way", "See: mldelivery rollout status."));
    }

    /** Rollouts of this target, oldest first. */
    public List<String> ids() {
        return site.journals().ids();
    }

    /** Where the target answers; empty before its first version serves. */
    public Optional<String> address() {
        return site.target().address();
    }

    /** As people write the target. */
    public String label() {
        return site.label();
    }
}
