package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.FaultyProxy;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.machine.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Randomized rollouts on the real API server, many at once, with faults on the way to the API server and to Prometheus, with
 * controllers killed and aborts at random moments. Every one ends on a good version, and nothing is left behind. Fixed seed;
 * {@code -Dmldelivery.chaos=300} runs more.
 */
@ExtendWith(SharedCluster.class)
class ClusterChaosTest {
    private static final int ROLLOUTS = Integer.getInteger("mldelivery.chaos", 10);
    private static final int AT_ONCE = 10;
    private static final int MOST_TICKS = 900;

    private final Random random = new Random(20261121);
    private final Map<String, Integer> happened = new TreeMap<>();
    private int promoted;
    private int rolledBack;
    private int restarts;

    /** One rollout with its own ways to be harmed. */
    private final class Trial implements AutoCloseable {
        final KubernetesSite site;
        final FaultyProxy metrics;
        final boolean bad = random.nextInt(3) == 0;
        final int calmAfter = 15 + random.nextInt(30);
        final int abortAt = random.nextInt(5) == 0 ? 3 + random.nextInt(20) : -1;
        RolloutReport report;

        Trial(Cluster admin, String name) throws IOException {
            site = new KubernetesSite(admin, name);
            metrics = new FaultyProxy(site.prometheus.address(), random.nextLong());
            site.prometheusAddress = metrics.address();
            site.plan = KubernetesSite.PLAN.replace("errors: 2s", "errors: 20s");
            if (bad) {
                site.prometheus.fails("2", 0.5);
            }
            site.serveOldVersion();
        }

        boolean isOver() {
            return report != null && report.isFinished();
        }

        void tick(int number, Cluster through) throws InterruptedException {
            metrics.faults(number < calmAfter ? 0.2 : 0);
            if (random.nextInt(15) == 0) {
                site.cluster = through;
                site.forgetController();
                restarts++;
            }
            try {
                if (number == abortAt) {
                    site.journals().command(site.id, Command.ABORT);
                }
                report = site.look(40);
            } catch (DeliveryException e) {
                assertThat(e.advice()).isNotBlank(); // looked at again, as a build does
            }
        }

        void check(Cluster admin) {
            assertThat(report.isFinished())
                    .as(report.state() + ": " + report.reason())
                    .isTrue();
            if (report.outcome() == Outcome.PASS) {
                assertThat(bad).as("a bad version was promoted").isFalse();
                site.assertNewServes();
                promoted++;
            } else {
                assertThat(report.state()).as(report.reason()).isEqualTo("rolled-back");
                site.assertOldServes();
                rolledBack++;
            }
            String serving = site.name() + (report.outcome() == Outcome.PASS ? "-2" : "-1");
            assertThat(names(admin, "apps/v1", "Deployment")).containsExactly(serving);
            assertThat(names(admin, "v1", "Service")).containsExactly(serving);
        }

        private List<String> names(Cluster admin, String version, String kind) {
            return admin
                    .list(new ResourceName(version, kind, "ml", ""), Template.TARGET_LABEL + "=" + site.name())
                    .stream()
                    .map(one -> one.path("metadata"))
                    .filter(metadata -> !metadata.has("deletionTimestamp"))
                    .map(metadata -> metadata.path("name").asText())
                    .toList();
        }

        @Override
        public void close() {
            metrics.happened().forEach((fault, times) -> happened.merge(fault + " metrics", times, Integer::sum));
            metrics.close();
            site.close();
        }
    }

    @Test
    void shouldEndEveryRolloutOnAGoodVersion() throws Exception {
        TestCluster real = SharedCluster.running();
        try (Cluster admin = real.connect()) {
            for (int begun = 0; begun < ROLLOUTS; begun += AT_ONCE) {
                wave(real, admin, begun);
            }
        }
        System.out.printf(
                "%d rollouts: %d promoted, %d rolled back, %d restarts, faults %s%n",
                ROLLOUTS, promoted, rolledBack, restarts, happened);

        assertThat(promoted + rolledBack).isEqualTo(ROLLOUTS);
        assertThat(promoted).isPositive();
        assertThat(rolledBack).isPositive();
        assertThat(restarts).isPositive();
        assertThat(happened).hasSizeGreaterThan(7);
    }

    private void wave(TestCluster real, Cluster admin, int begun) throws Exception {
        List<Trial> trials = new ArrayList<>();
        List<Cluster> connections = new ArrayList<>();
        try (var proxy = new FaultyProxy(real.address(), random.nextLong())) {
            for (int i = 0; i < AT_ONCE; i++) {
                trials.add(new Trial(admin, "chaos" + (begun + i)));
            }
            for (Trial trial : trials) {
                trial.site.awaitOldVersion();
                trial.site.start();
            }
            for (int tick = 0; tick < MOST_TICKS && !trials.stream().allMatch(Trial::isOver); tick++) {
                proxy.faults(tick < 40 ? 0.15 : 0);
                if (tick % 20 == 0) {
                    connections.add(real.connectThrough(proxy.address(), false));
                }
                for (Trial trial : trials) {
                    tick(trial, tick, connections.get(connections.size() - 1));
                }
                Thread.sleep(50);
            }
            trials.forEach(trial -> trial.check(admin));
            proxy.happened().forEach((fault, times) -> happened.merge(fault + " API", times, Integer::sum));
        } finally {
            trials.forEach(Trial::close);
            connections.forEach(Cluster::close);
        }
        assertThat(leftBehind(admin)).isEmpty();
    }

    private static void tick(Trial trial, int tick, Cluster through) throws InterruptedException {
        if (!trial.isOver()) {
            if (tick == 0) {
                trial.site.cluster = through;
                trial.site.forgetController();
            }
            trial.tick(tick, through);
        }
    }

    private static Optional<JsonNode> leftBehind(Cluster admin) {
        return admin.list(new ResourceName("v1", "ConfigMap", "ml", ""), "mldelivery.io/rollout").stream()
                .filter(map -> map.path("metadata").path("name").asText().startsWith("chaos"))
                .findFirst();
    }
}
