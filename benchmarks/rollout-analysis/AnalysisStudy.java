import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.AnalysisState;
import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.RolloutAnalysis;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.plan.AnalysisPlan;
import io.mldelivery.rollout.plan.SuccessRateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * False alarms and detection delay of the rollout analysis and of rules that others use, on simulated rollouts: both
 * versions succeed with 99 %, 10 % of the requests go to the new one, ten minutes, a look every second. For the delay the
 * new version turns bad after a healthy minute. Fixed seeds. Run by run.sh.
 */
public final class AnalysisStudy {
    private static final int SECONDS = 600;
    private static final int HEALTHY = 60;
    private static final double GOOD = 0.01;
    private static final int[] TRAFFIC = {5, 20, 50, 200, 1000};
    private static final double[] FAILING = {0.02, 0.03, 0.05, 0.10, 0.25, 0.50};

    /** A rule sees each second's counts and says when to roll back. */
    private interface Rule {
        boolean alarms(int second, int newRequests, int newFailures, int oldRequests, int oldFailures);
    }

    private record Contender(String name, IntFunction<Rule> rule) {
        Contender(String name, Supplier<Rule> rule) {
            this(name, traffic -> rule.get());
        }
    }

    private static final List<Contender> CONTENDERS = List.of(
            new Contender("ours, budget 1 %", () -> new Ours(0)),
            new Contender("ours, budget 1 %, maximumRequests known", Ours::new),
            new Contender("threshold 0.98 over 1 m every 10 s, failureLimit 0", () -> new Threshold(0)),
            new Contender("same, failureLimit 3", () -> new Threshold(3)),
            new Contender("same, failureLimit 22", () -> new Threshold(22)),
            new Contender("z test at 1 %, looked at every second", PeekingZ::new),
            new Contender("Mann-Whitney on 10 s windows at 1 %, every minute", MannWhitneyWindows::new));

    private static final class Ours implements Rule {
        private final RolloutAnalysis analysis;
        private AnalysisState state = AnalysisState.fresh();

        /** @param traffic requests a second, of which a tenth for ten minutes is the maximum; 0: it is not known */
        Ours(int traffic) {
            analysis = new RolloutAnalysis(new AnalysisPlan(Duration.ofSeconds(1), 0.01, 1, Duration.ofSeconds(30), traffic * SECONDS / 10,
                    Optional.of(new SuccessRateLimit(OptionalDouble.empty(), true)), Optional.empty(), Optional.empty(), Optional.empty(),
                    List.of(), Optional.empty()), true);
        }

        @Override
        public boolean alarms(int second, int newRequests, int newFailures, int oldRequests, int oldFailures) {
            state = analysis.observe(state, counts(newRequests, newFailures), counts(oldRequests, oldFailures));
            return newFailures > 0 && analysis.verdict(state).outcome() == Outcome.FAIL;
        }

        private static VersionCounts counts(int requests, int failures) {
            return new VersionCounts(requests, failures, LatencyCounts.NONE);
        }
    }

    private static final class Threshold implements Rule {
        private final int failureLimit;
        private final int[] requests = new int[60];
        private final int[] failures = new int[60];
        private int failed;

        Threshold(int failureLimit) {
            this.failureLimit = failureLimit;
        }

        @Override
        public boolean alarms(int second, int newRequests, int newFailures, int oldRequests, int oldFailures) {
            requests[second % 60] = newRequests;
            failures[second % 60] = newFailures;
            int all = Arrays.stream(requests).sum();
            if (second % 10 == 0 && all > 0 && 1 - Arrays.stream(failures).sum() / (double) all < 0.98) {
                failed++;
            }
            return failed > failureLimit;
        }
    }

    private static final class PeekingZ implements Rule {
        private double nNew;
        private double xNew;
        private double nOld;
        private double xOld;

        @Override
        public boolean alarms(int second, int newRequests, int newFailures, int oldRequests, int oldFailures) {
            nNew += newRequests;
            xNew += newFailures;
            nOld += oldRequests;
            xOld += oldFailures;
            double pooled = (xNew + xOld) / (nNew + nOld);
            double error = Math.sqrt(pooled * (1 - pooled) * (1 / nNew + 1 / nOld));
            return error > 0 && (xNew / nNew - xOld / nOld) / error > 2.3263;
        }
    }

    private static final class MannWhitneyWindows implements Rule {
        private final List<Double> fresh = new ArrayList<>();
        private final List<Double> old = new ArrayList<>();
        private final double[] window = new double[4];

        @Override
        public boolean alarms(int second, int newRequests, int newFailures, int oldRequests, int oldFailures) {
            window[0] += newRequests;
            window[1] += newFailures;
            window[2] += oldRequests;
            window[3] += oldFailures;
            if (second % 10 == 9) {
                fresh.add(window[0] == 0 ? 0 : window[1] / window[0]);
                old.add(window[2] == 0 ? 0 : window[3] / window[2]);
                Arrays.fill(window, 0);
            }
            return second % 60 == 59 && z() > 2.3263;
        }

        private double z() {
            double u = 0;
            double ties = 0;
            for (double a : fresh) {
                for (double b : old) {
                    u += a > b ? 1 : a == b ? 0.5 : 0;
                }
            }
            double n = fresh.size();
            List<Double> all = new ArrayList<>(fresh);
            all.addAll(old);
            all.sort(null);
            for (int i = 0, j; i < all.size(); i = j) {
                for (j = i; j < all.size() && all.get(j).equals(all.get(i)); j++) { }
                ties += Math.pow(j - i, 3) - (j - i);
            }
            double variance = n * n / 12 * (2 * n + 1 - ties / (2 * n * (2 * n - 1)));
            return variance <= 0 ? 0 : (u - n * n / 2 - 0.5) / Math.sqrt(variance);
        }
    }

    private AnalysisStudy() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        var table = new StringBuilder("# Rollout analysis against other rules\n\nSimulated rollouts as described in AnalysisStudy.java; "
                + "median delay in seconds after the new version turned bad, `-`: not found within ten minutes in half of the runs.\n");
        double[][] delaysAt20 = new double[CONTENDERS.size()][];
        for (int traffic : TRAFFIC) {
            table.append("\n## ").append(traffic).append(" requests/s\n\n| rule | false alarms |");
            for (double failing : FAILING) {
                table.append(String.format(Locale.ROOT, " %.0f %% succeed |", 100 - 100 * failing));
            }
            table.append("\n|---|---|---|---|---|---|---|---|\n");
            for (int c = 0; c < CONTENDERS.size(); c++) {
                double[] delays = row(table, CONTENDERS.get(c), traffic);
                if (traffic == 20) {
                    delaysAt20[c] = delays;
                }
            }
        }
        Files.writeString(folder.resolve("RESULTS.md"), table.toString());
        Files.writeString(folder.resolve("delays.svg"), plot(delaysAt20));
    }

    private static double[] row(StringBuilder table, Contender contender, int traffic) {
        int runs = traffic == 20 ? 20_000 : 4_000;
        double alarms = IntStream.range(0, runs).parallel()
                .filter(run -> alarmAt(contender, traffic, GOOD, SECONDS, 1_000L + run) < SECONDS)
                .count();
        table.append(String.format(Locale.ROOT, "| %s | %.1f %% |", contender.name(), 100 * alarms / runs));
        double[] delays = new double[FAILING.length];
        for (int i = 0; i < FAILING.length; i++) {
            double failing = FAILING[i];
            double[] all = IntStream.range(0, 1_001).parallel()
                    .mapToDouble(run -> alarmAt(contender, traffic, failing, HEALTHY, 900_000L + run) - HEALTHY + 1)
                    .filter(delay -> delay > 0) // an alarm in the healthy minute is no detection
                    .sorted().toArray();
            delays[i] = all[all.length / 2];
            table.append(delays[i] > SECONDS - HEALTHY ? " - |" : String.format(Locale.ROOT, " %.0f |", delays[i]));
        }
        table.append('\n');
        System.err.println(traffic + " " + contender.name() + " " + alarms / runs + " " + Arrays.toString(delays));
        return delays;
    }

    /** The second of the alarm; ten minutes when there is none. */
    private static int alarmAt(Contender contender, int traffic, double failing, int turnsBad, long seed) {
        var random = new SplittableRandom(seed);
        Rule rule = contender.rule().apply(traffic);
        for (int second = 0; second < SECONDS; second++) {
            int fresh = draw(random, traffic, 0.1);
            int newFailures = draw(random, fresh, second < turnsBad ? GOOD : failing);
            int oldFailures = draw(random, traffic - fresh, GOOD);
            if (rule.alarms(second, fresh, newFailures, traffic - fresh, oldFailures)) {
                return second;
            }
        }
        return SECONDS;
    }

    /** Binomial, by the gaps between successes. */
    private static int draw(SplittableRandom random, int n, double p) {
        int count = 0;
        double logQ = Math.log1p(-p);
        for (double i = Math.floor(Math.log(1 - random.nextDouble()) / logQ); i < n; count++) {
            i += 1 + Math.floor(Math.log(1 - random.nextDouble()) / logQ);
        }
        return count;
    }

    private static String plot(double[][] delays) {
        String[] colours = {"#0b6e4f", "#c44536", "#e09f3e", "#9e2a2b", "#6c757d", "#4361ee", "#7b2d8b"};
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 430\" font-family=\"sans-serif\" font-size=\"12\">"
                + "<rect width=\"760\" height=\"430\" fill=\"#fff\"/><text x=\"70\" y=\"24\" font-size=\"14\">Median delay until rollback (s, logarithmic) at 20 requests/s, 10 % to the new version</text>");
        for (int s : new int[] {1, 10, 100, 540}) {
            svg.append(String.format(Locale.ROOT, "<line x1=\"70\" x2=\"740\" y1=\"%.0f\" y2=\"%.0f\" stroke=\"#ddd\"/><text x=\"62\" y=\"%.0f\" text-anchor=\"end\">%d</text>", y(s), y(s), y(s) + 4, s));
        }
        for (int i = 0; i < FAILING.length; i++) {
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"298\" text-anchor=\"middle\">%.0f %%</text>", x(i), 100 - 100 * FAILING[i]));
        }
        svg.append("<text x=\"405\" y=\"314\" text-anchor=\"middle\">share of requests that the bad version answers with success</text>");
        for (int c = 0; c < delays.length; c++) {
            var points = new StringBuilder();
            for (int i = 0; i < FAILING.length; i++) {
                points.append(String.format(Locale.ROOT, "%d,%.1f ", x(i), y(Math.min(541, delays[c][i]))));
            }
            svg.append("<polyline fill=\"none\" stroke-width=\"").append(c == 0 ? 3 : 1.5).append("\" stroke=\"").append(colours[c])
                    .append("\" points=\"").append(points).append("\"/><text x=\"").append(70 + c % 2 * 340).append("\" y=\"")
                    .append(340 + c / 2 * 20).append("\" fill=\"").append(colours[c]).append("\">").append(CONTENDERS.get(c).name()).append("</text>");
        }
        return svg.append("</svg>\n").toString();
    }

    private static int x(int i) {
        return 100 + i * 122;
    }

    private static double y(double seconds) {
        return 280 - 240 * Math.log(Math.max(1, seconds)) / Math.log(541);
    }
}
