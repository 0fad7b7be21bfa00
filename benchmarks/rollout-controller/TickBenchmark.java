import com.sun.management.OperatingSystemMXBean;
import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.ModelRegistry;
import io.mldelivery.rollout.control.RolloutFolder;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.RolloutTarget;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Site;
import io.mldelivery.rollout.control.Split;
import io.mldelivery.rollout.machine.Instance;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * 500 rollouts in one process, each with its journal on disk and a target in memory that answers at once: what a tick costs the
 * controller itself, with traffic (what was answered is counted and judged) and at rest (nothing has changed). One thread does all ticks.
 */
public final class TickBenchmark {
    private static final int ROLLOUTS = 500;
    private static final String PLAN = """
            steps: [{weight: 10, requests: 1000000}, {weight: 100}]
            analysis: {successRate: {min: 0.9, compare: true}, latency: {max: 250ms, ratio: 2}, minimumRequests: 100}
            deadline: 1d
            """;

    private TickBenchmark() {}

    /** A target whose versions serve and whose router obeys; counters rise while there is traffic. */
    private static final class Memory implements RolloutTarget {
        private boolean started;
        private int weight;
        private long answered;

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Optional<String> address() {
            return Optional.empty();
        }

        @Override
        public Optional<Deployment> current() {
            return Optional.of(new Deployment("m", "1", "1"));
        }

        @Override
        public void current(Deployment deployment) {}

        @Override
        public Instance instance(Deployment deployment) {
            return deployment.version().equals("1") || started ? Instance.ready() : Instance.absent();
        }

        @Override
        public void ensure(Deployment deployment, Optional<String> drill) {
            started = true;
        }

        @Override
        public boolean warm(Deployment deployment, List<String> bodies) {
            return true;
        }

        @Override
        public void stop(Deployment deployment, Duration drain) {
            started = false;
        }

        @Override
        public Split split(Deployment candidate) {
            return Split.weighted(weight);
        }

        @Override
        public void split(Deployment candidate, Optional<Deployment> stable, Split split) {
            weight = split.percent();
        }

        @Override
        public VersionCounts counts(Deployment deployment) {
            long requests = deployment.version().equals("1") ? answered * 9 : answered;
            return new VersionCounts(requests, requests / 200, new LatencyCounts(List.of(0.01, 0.1, 0.25, 1.0),
                    List.of(requests / 2, requests * 9 / 10, requests, requests), requests, requests * 0.02));
        }

        @Override
        public void replay(Deployment deployment, String file, double rate, Duration lease) {}

        @Override
        public void endReplay() {}
    }

    private static final class Registry implements ModelRegistry {
        @Override
        public Optional<String> champion(String model) {
            return Optional.of("1");
        }

        @Override
        public void champion(String model, Optional<String> version) {}

        @Override
        public void fetch(String model, String version, Path folder) {}
    }

    private record Running(Rollouts rollouts, String id, Memory target) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("ticks");
        List<Running> all = new ArrayList<>();
        for (int i = 0; i < ROLLOUTS; i++) {
            var target = new Memory();
            var site = new Site("memory/" + i, new RolloutFolder(folder.resolve("t" + i)), target);
            var rollouts = new Rollouts(site, new Registry(), Clock.systemUTC(), Map.of());
            RolloutReport report = rollouts.start(new Rollouts.Request("m", "2", Optional.empty(), "benchmark", "plan", PLAN,
                    Optional.empty(), Optional.empty()));
            all.add(new Running(rollouts, report.id(), target));
        }
        for (int round = 0; round < 3; round++) {
            measure("warming up", all, 20);
        }
        System.out.println("# One tick of a rollout\n\n" + ROLLOUTS + " rollouts in one process, one thread, Java "
                + System.getProperty("java.version") + ", " + Runtime.getRuntime().availableProcessors() + " cores\n");
        System.out.println("| | CPU ms a tick | wall ms a tick |\n|---|---|---|");
        System.out.println(measure("with traffic (measured and judged)", all, 20));
        System.out.println(measure("at rest (nothing changed)", all, 0));
        System.out.println("\nThreads of the process at the end: " + Thread.activeCount());
    }

    private static String measure(String name, List<Running> all, int requests) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        for (Running one : all) {
            one.target().answered += requests;
            one.rollouts().tick(one.id(), 100);
        }
        return String.format(Locale.ROOT, "| %s | %.2f | %.2f |", name, (system.getProcessCpuTime() - cpu) / 1e6 / all.size(),
                (System.nanoTime() - wall) / 1e6 / all.size());
    }
}
