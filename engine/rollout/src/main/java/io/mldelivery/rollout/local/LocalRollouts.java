package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.ModelRegistry;
import io.mldelivery.rollout.control.RolloutController;
import io.mldelivery.rollout.control.RolloutFolder;
import io.mldelivery.rollout.control.RolloutOrder;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rollouts of targets on this machine, all below one home folder: {@code <home>/targets/<name>/}.
 *
 * <p>Serving processes and the proxy outlive this process; every call reads them anew.
 */
public final class LocalRollouts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration TAKE_OVER = Duration.ofMinutes(2);

    private final Path home;
    private final Optional<Path> servingJar;
    private final ModelRegistry registry;
    private final Clock clock;

    /** @param servingJar the runnable serving jar; only needed to start a version */
    public LocalRollouts(Path home, Optional<Path> servingJar, ModelRegistry registry, Clock clock) {
        this.home = home;
        this.servingJar = servingJar;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * What somebody asks to roll out.
     *
     * @param target the target's name; empty: the model's
     * @param replay absolute path of a file of requests, used when the plan names one
     * @param drill a fault for the new version's server, {@code errors} or {@code latency}, with or without {@code =value}
     */
    public record Request(
            String model, String version, Optional<String> target, String owner, String planSource, String plan,
            Optional<String> replay, Optional<String> drill) {}

    /**
     * Writes a new rollout down; {@link #tick} then moves it. What a died controller left unfinished on the target is
     * brought to its end first, by going back.
     */
    public RolloutReport start(Request request) throws InterruptedException {
        String name = request.target().orElse(request.model());
        RolloutController controller = controller(name);
        Optional<String> orphan = controller.orphan();
        if (orphan.isPresent()) {
            controller.finish(orphan.get(), Command.ABORT, TAKE_OVER);
        }
        Before seen = look(name, request);
        return controller.start(order(name, request, seen));
    }

    /** What serves before the rollout. */
    private record Before(Optional<Deployment> current, Optional<String> champion) {}

    private Before look(String name, Request request) {
        return new Before(target(name).current(), registry.champion(request.model()));
    }

    private RolloutOrder order(String name, Request request, Before seen) {
        Instant now = clock.instant();
        String id = "r" + ID.format(now) + "-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        String key = request.version();
        if (seen.current().filter(current -> current.key().equals(request.version())).isPresent()) {
            key = request.version() + "-" + id;
        }
        return new RolloutOrder(id, request.owner(), "local/" + name,
                new Deployment(request.model(), request.version(), key), seen.current(), seen.champion(),
                request.planSource(), request.plan(), request.replay(), request.drill().map(LocalRollouts::fault), now);
    }

    private static String fault(String drill) {
        return switch (drill) {
            case "errors" -> "errors=0.5";
            case "latency" -> "latency=400ms";
            default -> drill;
        };
    }

    /** Whether this very version serves on the target already, alone and in good health. */
    public boolean serves(Request request) {
        String name = request.target().orElse(request.model());
        LocalTarget target = target(name);
        return request.drill().isEmpty()
                && controller(name).orphan().isEmpty()
                && target.current().filter(current -> current.model().equals(request.model())
                                && current.version().equals(request.version()))
                        .filter(current -> target.instance(current).isReady())
                        .filter(current -> target.weight(current) == 100)
                        .isPresent()
                && registry.champion(request.model()).filter(request.version()::equals).isPresent();
    }

    /** Looks at a rollout and does what is due. */
    public RolloutReport tick(String target, String id, int knownEvents) {
        return controller(target).tick(id, knownEvents);
    }

    /** How a rollout stands, without doing anything. */
    public RolloutReport look(String target, String id) {
        return controller(target).look(id, 0);
    }

    /** Leaves a command for the controller, or carries it out when the controller is gone. */
    public RolloutReport command(String target, String id, Command command) throws InterruptedException {
        RolloutController controller = controller(target);
        if (controller.orphan().filter(id::equals).isPresent()) {
            return controller.finish(id, command, TAKE_OVER);
        }
        new RolloutFolder(folder(target).resolve("rollouts")).command(id, command);
        return controller.look(id, 0);
    }

    /** Goes back to the old version and waits for the end. */
    public RolloutReport abort(String target, String id) throws InterruptedException {
        return controller(target).finish(id, Command.ABORT, TAKE_OVER);
    }

    /** Names of the targets below this home. */
    public List<String> targets() {
        Path all = home.resolve("targets");
        try (Stream<Path> folders = Files.exists(all) ? Files.list(all) : Stream.empty()) {
            return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new DeliveryException(Code.ENVIRONMENT, "cannot read " + all + ": " + e.getMessage(),
                    "Make the folder readable.", e);
        }
    }

    /** The target's rollouts, oldest first. */
    public List<String> rollouts(String target) {
        return new RolloutFolder(folder(target).resolve("rollouts")).ids();
    }

    /** The version that serves on a target; empty: none. */
    public Optional<Deployment> current(String target) {
        return target(target).current();
    }

    /** Where a target answers; empty before its first version serves. */
    public Optional<String> address(String target) {
        return target(target).address();
    }

    /** Ends every process of a target: nothing is served there any more until the next rollout. */
    public void stop(String target) throws InterruptedException {
        target(target).stopAll(Duration.ofSeconds(15));
    }

    private RolloutController controller(String name) {
        return new RolloutController(new RolloutFolder(folder(name).resolve("rollouts")), target(name), registry, clock);
    }

    private LocalTarget target(String name) {
        return new LocalTarget(folder(name), "local/" + name, servingJar, registry);
    }

    private Path folder(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new DeliveryException(Code.CONFIG, "'" + name + "' cannot name a target",
                    "Use letters, digits, dots, hyphens and underscores.");
        }
        return home.resolve("targets").resolve(name);
    }
}
