import hudson.model.Result;
import io.mldelivery.runner.RunRequest;
import io.mldelivery.runner.Runner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures the runner: what a step costs, how fast a log goes through, many branches, and the size of saved state. */
public final class RunnerBenchmark {
    private static final int STEPS = 2_000;
    private static final int COMMANDS = 200;
    private static final int MEGABYTES = 300;

    private final Path folder;
    private int runs;

    private RunnerBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        var benchmark = new RunnerBenchmark(Files.createTempDirectory("runner-benchmark"));
        benchmark.run("echo 'warm up'; node { sh 'true' }");
        benchmark.steps();
        benchmark.commands();
        benchmark.log();
        benchmark.branches();
        benchmark.state();
    }

    private void steps() throws Exception {
        double empty = seconds("for (int i = 0; i < " + STEPS + "; i++) { }");
        double echo = seconds("for (int i = 0; i < " + STEPS + "; i++) { echo 'x' }");
        row("one `echo`", (echo - empty) * 1000 / STEPS, "ms", "< 5");
    }

    private void commands() throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < COMMANDS; i++) {
            new ProcessBuilder("sh", "-xe", "-c", "true").redirectErrorStream(true).start().waitFor();
        }
        double plain = (System.nanoTime() - start) / 1e6 / COMMANDS;
        double steps = seconds("node { for (int i = 0; i < " + COMMANDS + "; i++) { sh 'true' } }") * 1000 / COMMANDS;
        row("peer: `sh -xe` as a process of Java", plain, "ms", "");
        row("one `sh`", steps, "ms", "");
    }

    private void log() throws Exception {
        String lines = "yes '0123456789 0123456789 0123456789 0123456789' | head -c " + MEGABYTES + "000000";
        long start = System.nanoTime();
        Path file = folder.resolve("plain");
        new ProcessBuilder("sh", "-c", lines).redirectOutput(file.toFile()).start().waitFor();
        row("peer: the same output into a file", MEGABYTES / ((System.nanoTime() - start) / 1e9), "MB/s", "");
        Files.delete(file);
        row("`sh` into the log, lines", MEGABYTES / seconds("node { sh '''set +x; " + lines + "''' }"), "MB/s", ">= 50");
        String zeros = "head -c " + MEGABYTES + "000000 /dev/zero | tr '\\\\0' x";
        row("`sh` into the log, one line", MEGABYTES / seconds("node { sh '''set +x; " + zeros + "''' }"), "MB/s", "");
    }

    private void branches() throws Exception {
        row(
                "100 parallel branches of 100 steps",
                seconds("def b = [:]; for (int i = 0; i < 100; i++) { def n = i; b[\"b${n}\"] = "
                        + "{ for (int j = 0; j < 100; j++) { echo \"${n} ${j}\" } } }; parallel b"),
                "s",
                "< 20");
    }

    private void state() throws Exception {
        for (int live : new int[] {25, 50, 100, 200, 400}) {
            String script = "def b = [:]; for (int i = 0; i < " + live + "; i++) { def n = i; b[\"b${n}\"] = "
                    + "{ def own = \"value ${n}\"; sleep 3; echo own } }; parallel b";
            row("saved state, " + live + " live branches", largestState(script) / 1024.0 / live, "KiB per branch", "constant");
        }
    }

    private long largestState(String script) throws Exception {
        var watch = new StateWatch(folder.resolve("home"));
        watch.start();
        run(script);
        watch.ended = true;
        watch.join();
        return watch.largest;
    }

    private double seconds(String script) throws IOException {
        long start = System.nanoTime();
        run(script);
        return (System.nanoTime() - start) / 1e9;
    }

    private void run(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("Jenkinsfile" + ++runs), script);
        RunRequest request = RunRequest.of(file, folder.resolve("home")).withJob("job" + runs).withoutScm();
        Result result = Runner.run(request, new PrintStream(OutputStream.nullOutputStream()));
        if (result != Result.SUCCESS) {
            throw new IllegalStateException(script + ": " + result);
        }
    }

    private static void row(String what, double value, String unit, String target) {
        System.out.printf(Locale.ROOT, "| %s | %.2f | %s | %s |%n", what, value, unit, target);
    }

    /** Looks at the size of the saved state while a build runs. */
    private static final class StateWatch extends Thread {
        private final Path home;
        private volatile boolean ended;
        private volatile long largest;

        StateWatch(Path home) {
            this.home = home;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!ended) {
                try (Stream<Path> files = Files.walk(home.resolve("jobs"), 5)) {
                    files.filter(file -> file.endsWith("program.dat"))
                            .forEach(file -> largest = Math.max(largest, file.toFile().length()));
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (IOException | java.io.UncheckedIOException | InterruptedException e) {
                    continue;
                }
            }
        }
    }
}
