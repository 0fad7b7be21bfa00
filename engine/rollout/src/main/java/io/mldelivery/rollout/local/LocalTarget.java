package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.control.Agreement;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.Json;
import io.mldelivery.rollout.control.ModelRegistry;
import io.mldelivery.rollout.control.RolloutTarget;
import io.mldelivery.rollout.control.Split;
import io.mldelivery.rollout.machine.Instance;
import io.mldelivery.rollout.plan.Assignment;
import io.mldelivery.rollout.proxy.Routes;
import io.mldelivery.rollout.proxy.Routes.Backend;
import io.mldelivery.rollout.proxy.Routes.Mirror;
import io.mldelivery.rollout.proxy.Routes.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A model served by processes on this machine behind our proxy; all it knows lies in its folder. */
final class LocalTarget implements RolloutTarget {
    private static final Duration WARM_UP = Duration.ofMillis(1500);

    private final Path folder;
    private final String name;
    private final Optional<Path> servingJar;
    private final ModelRegistry registry;
    private final ProxyProcess proxy;

    LocalTarget(Path folder, String name, Optional<Path> servingJar, ModelRegistry registry) {
        this.folder = folder;
        this.name = name;
        this.servingJar = servingJar;
        this.registry = registry;
        this.proxy = new ProxyProcess(folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> address() {
        return proxy.address();
    }

    @Override
    public Optional<Deployment> current() {
        return Json.read(folder.resolve("current.json"), Deployment.class);
    }

    @Override
    public void current(Deployment deployment) {
        Json.write(folder.resolve("current.json"), deployment);
    }

    private ServingProcess process(Deployment deployment) {
        return new ServingProcess(folder, deployment);
    }

    @Override
    public Instance instance(Deployment deployment) {
        return process(deployment).instance();
    }

    @Override
    public void ensure(Deployment deployment, Optional<String> drill) {
        process(deployment).ensure(jar(), models(deployment), drill);
    }

    private Path jar() {
        Path jar = servingJar.orElseThrow(() -> new DeliveryException(
                Code.ENVIRONMENT,
                "MLDELIVERY_SERVING is not set, so no model can be served on this machine",
                "Set it to the path of the serving jar on this agent."));
        if (!Files.isRegularFile(jar)) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "MLDELIVERY_SERVING names " + jar + ", which is no file",
                    "Set it to the path of the serving jar on this agent.");
        }
        return jar;
    }

    private Path models(Deployment deployment) {
        Path models = folder.resolve("versions").resolve(deployment.version());
        if (Files.exists(models)) {
            return models;
        }
        Path incoming = folder.resolve("versions").resolve(deployment.version() + ".incoming");
        delete(incoming);
        registry.fetch(deployment.model(), deployment.version(), incoming);
        try {
            return Files.move(incoming, models);
        } catch (IOException e) {
            throw unwritable(models, e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.exists(tree) ? Files.walk(tree) : Stream.empty()) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
            Files.createDirectories(tree.getParent());
        } catch (IOException e) {
            throw unwritable(tree, e);
        }
    }

    private static DeliveryException unwritable(Path path, IOException e) {
        return new DeliveryException(
                Code.ENVIRONMENT,
                "cannot write " + path + ": " + e.getMessage(),
                "Free disk space or make the folder writable, then run again.",
                e);
    }

    /** One good answer shows that the way is open; how many are good is judged under traffic, with statistics. */
    @Override
    public boolean warm(Deployment deployment, List<String> bodies) {
        long end = System.nanoTime() + WARM_UP.toNanos();
        boolean answered = bodies.isEmpty();
        for (String body : bodies) {
            answered |= process(deployment).predict(body) < 400;
            if (System.nanoTime() > end && answered) {
                break;
            }
        }
        if (!answered) {
            throw new DeliveryException(
                    Code.SERVING,
                    deployment.label() + " answered none of " + bodies.size() + " warm-up requests with success",
                    "Check that the requests fit the model's inputs.");
        }
        return true;
    }

    @Override
    public void stop(Deployment deployment, Duration drain) {
        process(deployment).stop(drain);
    }

    @Override
    public Split split(Deployment candidate) {
        Routes routes = proxy.routes();
        Optional<Mirror> mirror = routes.mirror().filter(one -> one.version().equals(candidate.key()));
        if (mirror.isPresent()) {
            return new Split(Split.Kind.MIRRORED, mirror.get().percent(), Optional.empty());
        }
        int weight = routes.weightOf(candidate.key());
        return routes.rule()
                .filter(rule -> rule.version().equals(candidate.key()))
                .map(rule -> new Split(Split.Kind.ASSIGNED, weight, Optional.of(assignment(rule))))
                .orElse(Split.weighted(weight));
    }

    private static Assignment assignment(Rule rule) {
        return new Assignment(
                Assignment.Kind.valueOf(rule.by().toUpperCase(Locale.ROOT)),
                rule.name(),
                Optional.of(rule.value()).filter(value -> !value.isEmpty()));
    }

    @Override
    public void split(Deployment candidate, Optional<Deployment> stable, Split split) {
        List<Backend> backends = new ArrayList<>();
        int percent = split.answers();
        if (split.percent() > 0) {
            backends.add(new Backend(candidate.key(), process(candidate).port(), percent));
        }
        if (stable.isPresent() && percent < 100) {
            backends.add(new Backend(stable.get().key(), process(stable.get()).port(), 100 - percent));
        }
        Optional<Mirror> mirror = split.kind() == Split.Kind.MIRRORED
                ? Optional.of(new Mirror(candidate.key(), split.percent()))
                : Optional.empty();
        proxy.routes(new Routes(backends, mirror, split.assignment().map(assignment -> rule(candidate, assignment))));
    }

    private static Rule rule(Deployment candidate, Assignment assignment) {
        return new Rule(
                candidate.key(),
                assignment.kind().name().toLowerCase(Locale.ROOT),
                assignment.name(),
                assignment.value().orElse(""));
    }

    @Override
    public Optional<Agreement> agreement() {
        return proxy.agreement();
    }

    /** The port of a version's process; empty while it has none. */
    Optional<Integer> servingPort(Deployment deployment) {
        return process(deployment).instance().isAbsent()
                ? Optional.empty()
                : process(deployment).openPort();
    }

    /** The proxy tells what clients got, failures included that never reached the server; the server tells the rest. */
    @Override
    public VersionCounts counts(Deployment deployment) {
        VersionCounts told = processCounts(deployment);
        Answers got = proxy.answers(deployment.key());
        return new VersionCounts(
                got.all(), got.failed(), told.latency(), told.classes(), told.labelled(), told.wrong());
    }

    /** What the version's process itself counted, whoever sent it requests. */
    VersionCounts processCounts(Deployment deployment) {
        return process(deployment).counts();
    }

    @Override
    public void replay(Deployment deployment, String file, double rate, Duration lease) {
        proxy.replay("file=" + file.replace("\\", "\\\\") + "\npath=/predictions/" + deployment.model() + "\nrate="
                + rate + "\nleaseMillis=" + lease.toMillis() + "\n");
    }

    @Override
    public void endReplay() {
        proxy.endReplay();
    }

    /** Ends every process of this target: nothing is served any more. */
    void stopAll(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (anyLives() && System.nanoTime() < end) {
            proxy.stop();
            for (Path file : instanceFiles()) {
                Processes.stop(file, Duration.ofSeconds(2));
            }
            Thread.sleep(50);
        }
    }

    private boolean anyLives() {
        return proxy.lives()
                || instanceFiles().stream()
                        .anyMatch(file -> Json.read(file, ProcessFile.class)
                                .flatMap(Processes::find)
                                .isPresent());
    }

    private List<Path> instanceFiles() {
        Path instances = folder.resolve("instances");
        try (Stream<Path> files = Files.exists(instances) ? Files.list(instances) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        } catch (IOException e) {
            throw unwritable(instances, e);
        }
    }
}
