import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.inference.BootstrapInference;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.measure.Estimate;
import io.mldelivery.gate.measure.FirstOrder;
import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measures;
import io.mldelivery.gate.measure.Paired;
import io.mldelivery.gate.measure.Resampling;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.policy.TestMethod;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.EvaluationSet.SliceColumn;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.predictions.Scores;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * CPU seconds of the gate's statistics on predictions that are in memory already. Arguments: rows, and a folder into
 * which the predictions are written for peer.py. Prints lines of a Markdown table.
 */
final class GateBenchmark {
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private GateBenchmark() {}

    public static void main(String... arguments) throws Exception {
        if (arguments[0].equals("whole")) {
            whole(Integer.parseInt(arguments[1]), Path.of(arguments[2]));
            return;
        }
        int rows = Integer.parseInt(arguments[0]);
        int[] label = new int[rows];
        double[] candidate = new double[rows];
        double[] champion = new double[rows];
        fill(label, candidate, champion);
        if (arguments.length > 1) {
            write(Path.of(arguments[1]), label, candidate, champion);
        }
        EvaluationSet set = EvaluationSet.binary(label).candidate(scores(candidate)).champion(scores(champion)).build();
        for (int round = 0; round < (rows > 2_000_000 ? 1 : 3); round++) { // the last round counts: the others warm up
            measure(set, round == (rows > 2_000_000 ? 0 : 2));
        }
        if (rows <= 1_000_000) {
            error(set);
        }
    }

    /** The bootstrap against the same 2,000 resamples whose areas are measured exactly. */
    private static void error(EvaluationSet set) {
        Estimate candidate = area(set, set.candidate());
        Estimate champion = area(set, set.champion().orElseThrow());
        FirstOrder firstOrder = new Resampling(set, "roc_auc").firstOrder(candidate, champion);
        var one = new ExactArea(set.label(), set.candidate().score());
        var other = new ExactArea(set.label(), set.champion().orElseThrow().score());
        double[] fast = new double[2_000];
        double[] exact = new double[fast.length];
        long start = SYSTEM.getProcessCpuTime();
        IntStream.range(0, fast.length).forEach(r -> {
            double[] counts = stratified(one.members, new SplittableRandom(r));
            fast[r] = firstOrder.ofCounts(counts);
            exact[r] = one.of(counts) - other.of(counts);
        });
        double seconds = (SYSTEM.getProcessCpuTime() - start) / 1e9;
        double acceleration = firstOrder.acceleration();
        double difference = candidate.value() - champion.value();
        Interval near = new BootstrapInference(difference, acceleration, fast).interval(0.95);
        Interval precise = new BootstrapInference(difference, acceleration, exact).interval(0.95);
        double single = IntStream.range(0, fast.length).mapToDouble(r -> Math.abs(fast[r] - exact[r])).max().orElseThrow();
        System.out.printf("| bootstrap's error | %,d | ends of the BCa interval against the same 2,000 resamples measured"
                + " exactly: off by %.6f and %.6f of its width; a single resample by at most %.4f | %.0f |%n",
                set.rows(), Math.abs(near.low() - precise.low()) / precise.width(),
                Math.abs(near.high() - precise.high()) / precise.width(), single / precise.width(), seconds);
    }

    private static Estimate area(EvaluationSet set, Scores scores) {
        return ((Measured.Value) new Measures(set, scores).measure("roc_auc")).estimate();
    }

    private static double[] stratified(int[][] members, SplittableRandom random) {
        double[] counts = new double[members[0].length + members[1].length];
        for (int[] stratum : members) {
            for (int i = 0; i < stratum.length; i++) {
                counts[stratum[random.nextInt(stratum.length)]]++;
            }
        }
        return counts;
    }

    /** The area under the curve by its definition, for rows that count several times; ordered once. */
    private static final class ExactArea {
        private final int[] label;
        private final double[] score;
        private final int[] order;
        private final int[][] members;

        ExactArea(int[] label, double[] score) {
            this.label = label;
            this.score = score;
            this.order = IntStream.range(0, score.length).boxed()
                    .sorted(java.util.Comparator.comparingDouble(i -> score[i])).mapToInt(i -> i).toArray();
            this.members = IntStream.range(0, 2)
                    .mapToObj(c -> IntStream.range(0, label.length).filter(i -> label[i] == c).toArray())
                    .toArray(int[][]::new);
        }

        double of(double[] counts) {
            double pairs = 0;
            double[] below = new double[2];
            for (int start = 0; start < order.length; ) {
                double[] tied = new double[2];
                int end = start;
                while (end < order.length && score[order[end]] == score[order[start]]) {
                    tied[label[order[end]]] += counts[order[end]];
                    end++;
                }
                pairs += tied[1] * (below[0] + tied[0] / 2);
                below[0] += tied[0];
                below[1] += tied[1];
                start = end;
            }
            return pairs / below[0] / below[1];
        }
    }

    /** A gate from files to verdict, in a process of its own: what it costs with reading, and the memory it takes. */
    private static void whole(int rows, Path folder) throws Exception {
        predictions(rows, folder);
        String policy = """
                rules:
                - {metric: roc_auc, kind: non-inferiority, margin: 0.01}
                - {metric: accuracy, kind: non-inferiority, margin: 0.01}
                - {metric: log_loss, kind: change, max: 0.1}
                - {metric: roc_auc, min: 0.5, slice: slice}
                """;
        var files = new PredictionFiles(folder, "candidate.parquet", Optional.of("champion.parquet"));
        var champion = new Champion.Present(MetricSet.empty("champion"));
        double seconds = cpu(() -> {
            var result = Gate.judge(new GateRequest(
                    "gate.yaml", policy, () -> MetricSet.empty("none"), () -> champion, Optional.of(files), folder));
            if (result.outcome() != Outcome.PASS) {
                throw new IllegalStateException(result.reason());
            }
        });
        System.out.printf("| whole gate | %,d | two Parquet files read and joined by id, three comparisons, 100 slices;"
                + " largest resident set %,d MB | %.2f |%n", rows, resident(), seconds);
    }

    private static void predictions(int rows, Path folder) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:"); var statement = connection.createStatement()) {
            statement.execute("SET threads=1");
            statement.execute("SET preserve_insertion_order=false");
            for (String model : List.of("candidate", "champion")) {
                statement.execute("COPY (SELECT i AS id, y, 0.25 * y + 0.45 * ((hash(i * 7) % 1000003) / 1000003.0)"
                        + " + 0.30 * ((hash(i, '" + model + "') % 1000003) / 1000003.0) AS score, i % 100 AS slice FROM"
                        + " (SELECT i, CASE WHEN hash(i) % 10 < 3 THEN 1 ELSE 0 END AS y FROM range(" + rows + ") t(i)))"
                        + " TO '" + folder.resolve(model + ".parquet") + "' (FORMAT parquet)");
            }
        }
    }

    /** Megabytes; what the process held at its largest, with DuckDB's memory. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }

    private static void fill(int[] label, double[] candidate, double[] champion) {
        var random = new SplittableRandom(42);
        for (int i = 0; i < label.length; i++) {
            label[i] = random.nextDouble() < 0.3 ? 1 : 0;
            double shared = random.nextDouble();
            candidate[i] = 0.25 * label[i] + 0.45 * shared + 0.30 * random.nextDouble();
            champion[i] = 0.24 * label[i] + 0.45 * shared + 0.31 * random.nextDouble();
        }
    }

    private static Scores scores(double[] score) {
        return Scores.of(score, IntStream.range(0, score.length).map(i -> score[i] >= 0.5 ? 1 : 0).toArray());
    }

    private static void measure(EvaluationSet set, boolean print) {
        report(print, "metrics", set.rows(), "all " + Measures.of(Task.BINARY).size()
                + " metrics with intervals, DeLong, McNemar", () -> allMetrics(set));
        report(print, "bootstrap", set.rows(), "paired BCa bootstrap of roc_auc, 2,000 resamples",
                () -> bootstrap(set));
        int times = Math.max(1, 4_000_000 / set.rows()); // the clock ticks in hundredths of a second
        double pass = cpu(() -> repeat(times, () -> tenMetrics(set))) / times;
        double sliced = cpu(() -> repeat(times, () -> slices(set))) / times;
        if (print) {
            System.out.printf("| slices | %,d | 10 metrics on 100 slices: %.2f × one pass over all rows | %.2f |%n",
                    set.rows(), sliced / pass, sliced);
            System.out.printf("| memory | %,d | largest heap in use | %,d MB |%n", set.rows(), heap());
        }
    }

    private static void report(boolean print, String name, int rows, String what, Runnable work) {
        double seconds = cpu(work);
        if (print) {
            System.out.printf("| %s | %,d | %s | %.2f |%n", name, rows, what, seconds);
        }
    }

    private static void repeat(int times, Runnable work) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

    private static double cpu(Runnable work) {
        System.gc();
        long start = SYSTEM.getProcessCpuTime();
        work.run();
        return (SYSTEM.getProcessCpuTime() - start) / 1e9;
    }

    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    }

    private static void allMetrics(EvaluationSet set) {
        var candidate = new Measures(set, set.candidate());
        var champion = new Measures(set, set.champion().orElseThrow());
        for (KnownMetric metric : Measures.of(Task.BINARY)) {
            Measured measured = candidate.measure(metric.key());
            var estimate = ((Measured.Value) measured).estimate();
            keep(new Paired(set, metric.key()).single(estimate).interval(0.95).width());
        }
        for (String metric : List.of("roc_auc", "accuracy")) {
            keep(compare(set, candidate, champion, metric, TestMethod.AUTO));
        }
    }

    private static double compare(EvaluationSet set, Measures a, Measures b, String metric, TestMethod test) {
        var own = ((Measured.Value) a.measure(metric)).estimate();
        var other = ((Measured.Value) b.measure(metric)).estimate();
        var inference = new Paired(set, metric).difference(test, own, other, 7);
        return inference.interval(0.95).low() + inference.test().pValue();
    }

    private static void bootstrap(EvaluationSet set) {
        var candidate = new Measures(set, set.candidate());
        var champion = new Measures(set, set.champion().orElseThrow());
        keep(compare(set, candidate, champion, "roc_auc", TestMethod.BOOTSTRAP));
    }

    private static final List<String> TEN = List.of("roc_auc", "accuracy", "precision", "recall", "f1", "mcc",
            "log_loss", "brier", "ece", "specificity");

    private static void tenMetrics(EvaluationSet set) {
        var measures = new Measures(set, set.candidate());
        TEN.forEach(metric -> keep(((Measured.Value) measures.measure(metric)).estimate().standardError()));
    }

    private static void slices(EvaluationSet set) {
        int[] codes = IntStream.range(0, set.rows()).map(i -> i % 100).toArray();
        var column = new SliceColumn("slice", codes, IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        set.slices(column).forEach(GateBenchmark::tenMetrics);
    }

    private static double kept;

    /** Uses a result, so that computing it cannot be left out. */
    private static void keep(double value) {
        kept += value;
    }

    private static void write(Path folder, int[] label, double[] candidate, double[] champion) {
        write(folder.resolve("y.f64"), IntStream.of(label).asDoubleStream().toArray());
        write(folder.resolve("a.f64"), candidate);
        write(folder.resolve("b.f64"), champion);
    }

    private static void write(Path file, double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asDoubleBuffer().put(values);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
