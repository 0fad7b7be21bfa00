import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measures;
import io.mldelivery.gate.measure.Paired;
import io.mldelivery.gate.measure.Resampling;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.policy.TestMethod;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.EvaluationSet.SliceColumn;
import io.mldelivery.gate.predictions.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

    public static void main(String... arguments) {
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
        double pass = cpu(() -> tenMetrics(set));
        double sliced = cpu(() -> slices(set));
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
