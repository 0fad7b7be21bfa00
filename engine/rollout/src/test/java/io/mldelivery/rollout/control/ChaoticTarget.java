package io.mldelivery.rollout.control;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.machine.Instance;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A target and a registry in memory. Any call may fail before or after it took effect, hand out stale data, or kill the
 * controller (an error that nothing catches). Bad versions fail every second request.
 */
final class ChaoticTarget implements RolloutTarget, ModelRegistry {
    static final String PLAN = """
            steps:
            - {weight: 10, requests: 20}
            - {weight: 50, requests: 40}
            - {weight: 100, requests: 40}
            analysis: {successRate: {min: 0.9}, minimumRequests: 20, errors: 20s, interval: 1s}
            deadline: 5m
            """;

    /** The end of the controller's process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private final boolean bad;
    private final double faults;
    private final Map<String, Integer> weights = new TreeMap<>(Map.of("1", 100));
    private final Map<String, long[]> answered = new TreeMap<>();
    private final Map<String, VersionCounts> lastTold = new TreeMap<>();
    private final Set<String> living = new TreeSet<>(Set.of("1"));
    private final Set<String> warming = new TreeSet<>();
    private Optional<String> champion = Optional.of("1");
    private Deployment current = new Deployment("m", "1", "1");
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private boolean calm;
    private boolean registryAway;
    private int killed;

    ChaoticTarget(Random random, boolean bad, double faults) {
        this.random = random;
        this.bad = bad;
        this.faults = faults;
    }

    boolean isBad() {
        return bad;
    }

    Set<String> living() {
        return living;
    }

    int share(String version) {
        return weights.getOrDefault(version, 0);
    }

    Optional<String> champion() {
        return champion;
    }

    void calm(boolean isCalm) {
        calm = isCalm;
    }

    /** Whether every change of the alias fails. */
    void registryAway(boolean isAway) {
        registryAway = isAway;
    }

    void killed(int times) {
        killed = times;
    }

    /** How often the controller was killed. */
    int killed() {
        return killed;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** Time goes on; requests are answered; what dies, dies. */
    void pass(long millis) {
        now = now.plusMillis(millis);
        for (int i = 0; i < 20; i++) {
            String version = random.nextInt(100) < share("2") ? "2" : "1";
            long[] counts = answered.computeIfAbsent(version, any -> new long[2]);
            counts[0]++;
            boolean fails = !living.contains(version) || bad && version.equals("2") && random.nextBoolean();
            counts[1] += fails || random.nextInt(200) == 0 ? 1 : 0;
        }
        if (!calm && random.nextInt(200) == 0) {
            living.remove(random.nextBoolean() ? "1" : "2");
        }
        living.addAll(warming);
        warming.clear();
    }

    private void mayFail() {
        if (calm) {
            return;
        }
        double dice = random.nextDouble();
        if (dice < faults / 10) {
            throw new Killed();
        }
        if (dice < faults) {
            throw new DeliveryException(Code.SERVING, "connection reset", "Try again.");
        }
    }

    @Override
    public String name() {
        return "chaos/m";
    }

    @Override
    public Optional<String> address() {
        return Optional.empty();
    }

    @Override
    public Optional<Deployment> current() {
        return Optional.of(current);
    }

    @Override
    public void current(Deployment deployment) {
        current = deployment;
    }

    @Override
    public Instance instance(Deployment deployment) {
        if (living.contains(deployment.key())) {
            return Instance.ready();
        }
        return warming.contains(deployment.key()) ? Instance.starting() : Instance.absent();
    }

    @Override
    public void ensure(Deployment deployment, Optional<String> drill) {
        mayFail();
        if (!living.contains(deployment.key())) {
            warming.add(deployment.key());
        }
        mayFail();
    }

    @Override
    public boolean warm(Deployment deployment, List<String> bodies) {
        mayFail();
        return living.contains(deployment.key());
    }

    @Override
    public void stop(Deployment deployment, Duration drain) {
        mayFail();
        living.remove(deployment.key());
        warming.remove(deployment.key());
        mayFail();
    }

    @Override
    public Split split(Deployment candidate) {
        mayFail();
        return Split.weighted(share(candidate.key()));
    }

    @Override
    public void split(Deployment candidate, Optional<Deployment> stable, Split split) {
        mayFail();
        weights.put(candidate.key(), split.percent());
        stable.ifPresent(old -> weights.put(old.key(), 100 - split.percent()));
        mayFail();
    }

    @Override
    public VersionCounts counts(Deployment deployment) {
        mayFail();
        boolean stale = !calm && random.nextDouble() < faults && lastTold.containsKey(deployment.key());
        if (!stale) {
            long[] counts = answered.computeIfAbsent(deployment.key(), any -> new long[2]);
            lastTold.put(deployment.key(), new VersionCounts(counts[0], counts[1], LatencyCounts.NONE));
        }
        return lastTold.get(deployment.key());
    }

    @Override
    public void replay(Deployment deployment, String file, double rate, Duration lease) {
        mayFail();
    }

    @Override
    public void endReplay() {
        // nothing is replayed here
    }

    @Override
    public Optional<String> champion(String model) {
        mayFail();
        return champion;
    }

    @Override
    public void champion(String model, Optional<String> version) {
        mayFail();
        if (registryAway) {
            throw new DeliveryException(Code.REGISTRY, "the registry does not answer", "Start it.");
        }
        champion = version;
        mayFail();
    }

    @Override
    public void fetch(String model, String version, Path target) {
        mayFail();
    }
}
