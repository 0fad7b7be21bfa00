package io.mldelivery.rollout.kubernetes;

import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.FaultyProxy;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.plan.PlanText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * How long rollouts take on the real API server of the tests: the way back, promotion, a restart, and how many requests the API
 * server gets. Started by benchmarks/rollout-times/run.sh; prints the table of its RESULTS.md.
 */
public final class RolloutTimes {
    private static final int RUNS = Integer.getInteger("runs", 20);
    /** How long the requests to the API server are counted. */
    private static final int SECONDS = Integer.getInteger("seconds", 180);

    private static final String WATCHED = """
            steps: [{weight: 50, pause: 1h}, {weight: 100}]
            analysis: {successRate: {min: 0.95, compare: true}, interval: 1s}
            deadline: 2h
            """;

    private final TestCluster real;
    private final Cluster cluster;
    private int sites;

    private RolloutTimes(TestCluster real, Cluster cluster) {
        this.real = real;
        this.cluster = cluster;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("times");
        try (TestCluster real = TestCluster.start(folder.resolve("run"));
                Cluster cluster = real.connect()) {
            new RolloutTimes(real, cluster).all();
        }
    }

    private void all() throws Exception {
        System.out.println("| what | runs | median, s | worst, s |\n|---|---|---|---|");
        double[] decided = new double[RUNS];
        double[] gone = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            turnsBad(i, decided, gone);
        }
        row("decision until all traffic is on the old version (journal)", decided);
        row("half of 20 requests/s to a version of 50 % fail: from then until its traffic is gone", gone);
        double[] crashed = new double[RUNS];
        double[] restarted = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            crashed[i] = crashLoop();
            restarted[i] = restart();
        }
        row("crash loop known to the API server until its traffic is gone", crashed);
        row("a new process (connection, watches, controller) until it has acted on an abort", restarted);
        row("promotion of a healthy version, default plan, 200 requests/s", promotion());
        requests();
    }

    private static void row(String what, double... seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f |%n",
                what,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length - 1]);
    }

    private KubernetesSite site(String plan) throws Exception {
        var site = new KubernetesSite(cluster, "times" + ++sites);
        site.plan = plan;
        site.serveOldVersion();
        site.awaitOldVersion();
        site.start();
        return site;
    }

    /** Looks as often as a build does, with so many requests a second. */
    private static RolloutReport look(KubernetesSite site, RolloutReport last, int rate) throws InterruptedException {
        long pause = last == null ? 100 : last.intervalMillis();
        for (long waited = 0; waited < pause; waited += 50) {
            Thread.sleep(Math.min(50, pause - waited));
            site.prometheus.serve(rate * 50 / 1000.0);
        }
        return site.look(0);
    }

    private static RolloutReport until(KubernetesSite site, int weight, int rate) throws InterruptedException {
        RolloutReport report = look(site, null, rate);
        while (site.weightOfNew() < weight) {
            report = look(site, report, rate);
        }
        return report;
    }

    private void turnsBad(int run, double[] decided, double[] gone) throws Exception {
        try (KubernetesSite site = site(WATCHED)) {
            RolloutReport report = until(site, 50, 20);
            for (int i = 0; i < 20; i++) {
                report = look(site, report, 20);
            }
            site.prometheus.fails("2", 0.5);
            long turned = System.nanoTime();
            while (!site.backends().equals(site.name() + "-1=100 ")) {
                report = look(site, report, 20);
            }
            gone[run] = (System.nanoTime() - turned) / 1e9;
            while (!report.isFinished()) {
                report = look(site, report, 20);
            }
            String end = report.events().get(report.events().size() - 1).data();
            decided[run] = Double.parseDouble(end.replaceAll("(?s).*\"rollbackSeconds\":([0-9.]+).*", "$1"));
        }
    }

    private double crashLoop() throws Exception {
        try (KubernetesSite site = site(WATCHED)) {
            RolloutReport report = until(site, 50, 20);
            String pod = cluster.list(new ResourceName("v1", "Pod", "ml", ""), "app=" + site.name() + "-2")
                    .get(0)
                    .path("metadata")
                    .path("name")
                    .asText();
            real.patchStatus(
                    "/api/v1/namespaces/ml/pods/" + pod,
                    "{\"status\": {\"containerStatuses\": [{\"name\": \"serving\", \"image\": \"i\", \"imageID\": \"\","
                            + " \"ready\": false, \"restartCount\": 4,"
                            + " \"state\": {\"waiting\": {\"reason\": \"CrashLoopBackOff\"}}}]}}");
            long crashed = System.nanoTime();
            while (!site.backends().equals(site.name() + "-1=100 ")) {
                report = look(site, report, 20);
            }
            return (System.nanoTime() - crashed) / 1e9;
        }
    }

    /** The Java machine runs already. */
    private double restart() throws Exception {
        try (KubernetesSite site = site(WATCHED)) {
            until(site, 50, 20);
            site.journals().command(site.id, Command.ABORT);
            long began = System.nanoTime();
            try (Cluster fresh = real.connect()) {
                site.cluster = fresh;
                site.forgetController();
                RolloutReport report = site.look(1);
                while (!site.backends().equals(site.name() + "-1=100 ")) {
                    report = look(site, report, 20);
                }
                return (System.nanoTime() - began) / 1e9;
            } finally {
                site.cluster = cluster;
            }
        }
    }

    private double promotion() throws Exception {
        try (KubernetesSite site = site(PlanText.DEFAULT)) {
            long began = System.nanoTime();
            RolloutReport report = look(site, null, 200);
            while (!report.isFinished()) {
                report = look(site, report, 200);
            }
            site.assertNewServes();
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private void requests() throws Exception {
        try (var proxy = new FaultyProxy(real.address(), 1);
                Cluster through = real.connectThrough(proxy.address(), false);
                KubernetesSite site = site(WATCHED)) {
            site.cluster = through;
            site.forgetController();
            RolloutReport report = until(site, 50, 20);
            proxy.takeRequests();
            long began = System.nanoTime();
            while (System.nanoTime() - began < SECONDS * 1_000_000_000L) {
                report = look(site, report, 20);
            }
            Map<String, Integer> asked = proxy.takeRequests();
            System.out.println("\nRequests to the API server in " + SECONDS + " s of measuring, by method: " + asked);
            site.cluster = cluster;
        }
    }
}
