package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.ModelRegistry;
import io.mldelivery.rollout.control.RolloutFolder;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.control.Site;
import io.mldelivery.rollout.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rollouts of targets on this machine, all below one home folder: {@code <home>/targets/<name>/}.
 *
 * <p>Serving processes and the proxy outlive this process; every call reads them anew.
 */
public final class LocalRollouts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");

    private final Path home;
    private final Optional<Path> servingJar;
    private final ModelRegistry registry;
    private final Clock clock;
    private final Map<String, String> environment;

    /** @param servingJar the runnable serving jar; only needed to start a version */
    public LocalRollouts(Path home, Optional<Path> servingJar, ModelRegistry registry, Clock clock) {
        this(home, servingJar, registry, clock, Map.of());
    }

    /** As the other, with the environment that holds the secrets which plans name. */
    public LocalRollouts(
            Path home,
            Optional<Path> servingJar,
            ModelRegistry registry,
            Clock clock,
            Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.servingJar = servingJar;
        this.registry = registry;
        this.clock = clock;
    }

    /** The rollouts of one target. */
    public Rollouts of(String name) {
        return new Rollouts(site(name), registry, clock, environment);
    }

    private Site site(String name) {
        return new Site("local/" + name, new RolloutFolder(folder(name).resolve("rollouts")), target(name));
    }

    /** The rollouts of one target with a HAProxy in front instead of our proxy. */
    public Rollouts of(String name, HaproxyAccess haproxy) {
        var journals = new RolloutFolder(folder(name).resolve("rollouts"));
        var target = new HaproxyTarget(folder(name), "haproxy/" + name, target(name), haproxy);
        return new Rollouts(new Site("haproxy/" + name, journals, target), registry, clock, environment);
    }

    /** See {@link Rollouts#start}. */
    public RolloutReport start(Request request) throws InterruptedException {
        return of(name(request)).start(request);
    }

    private static String name(Request request) {
        return request.target().orElse(request.model());
    }

    /** See {@link Rollouts#serves}. */
    public boolean serves(Request request) {
        return of(name(request)).serves(request);
    }

    /** Looks at a rollout and does what is due. */
    public RolloutReport tick(String target, String id, int knownEvents) {
        return of(target).tick(id, knownEvents);
    }

    /** How a rollout stands, without doing anything. */
    public RolloutReport look(String target, String id) {
        return of(target).look(id);
    }

    /** Leaves a command for the controller, or carries it out when the controller is gone. */
    public RolloutReport command(String target, String id, Command command) throws InterruptedException {
        return of(target).command(id, command);
    }

    /** Goes back to the old version and waits for the end. */
    public RolloutReport abort(String target, String id) throws InterruptedException {
        return of(target).abort(id);
    }

    /** Names of the targets below this home. */
    public List<String> targets() {
        Path all = home.resolve("targets");
        try (Stream<Path> folders = Files.exists(all) ? Files.list(all) : Stream.empty()) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot read " + all + ": " + e.getMessage(), "Make the folder readable.", e);
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

    private LocalTarget target(String name) {
        return new LocalTarget(folder(name), "local/" + name, servingJar, registry);
    }

    private Path folder(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "'" + name + "' cannot name a target",
                    "Use letters, digits, dots, hyphens and underscores.");
        }
        return home.resolve("targets").resolve(name);
    }
}
