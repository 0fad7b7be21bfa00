package io.mldelivery.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts {@code mldelivery} as a process of its own, as a user does, with a home folder for the test. */
final class Launcher {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Path root =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().getParent();
    private final Path home;
    private final Path logs;
    private int runs;

    Launcher(Path home, Path logs) {
        this.home = home;
        this.logs = logs;
    }

    /** What a finished command said. */
    record Result(int exitCode, String output, Duration duration) {}

    /** A command that runs. */
    final class Running {
        private final Process process;
        private final Path log;
        private final long started = System.nanoTime();

        private Running(Process process, Path log) {
            this.process = process;
            this.log = log;
        }

        /** Waits for a line of output that contains this text. */
        Running awaitOutput(String text) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!output().contains(text)) {
                assertThat(process.isAlive())
                        .as("alive before it says '%s':%n%s", text, output())
                        .isTrue();
                assertThat(System.nanoTime()).as("said in time:%n%s", output()).isLessThan(deadline);
                Thread.sleep(20);
            }
            return this;
        }

        /** Kills the process as {@code kill -9} does. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Waits for the end, that long at most. */
        boolean endsWithin(Duration patience) throws InterruptedException {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        Result finish() throws IOException, InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(output())
                    .isTrue();
            return new Result(process.exitValue(), output(), Duration.ofNanos(System.nanoTime() - started));
        }

        private String output() throws IOException {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        }
    }

    /** Starts {@code mldelivery run} on a sample with this launcher's home. */
    Running run(String sample, String... more) throws IOException {
        return runAt(root.resolve("sample-jenkinsfiles/" + sample), more);
    }

    /** Starts {@code mldelivery run} on the Jenkinsfile of any folder with this launcher's home. */
    Running runAt(Path folder, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "-f", folder.toString()));
        arguments.addAll(List.of(more));
        return start(arguments);
    }

    /** Runs any command to its end. */
    Result command(String... arguments) throws IOException, InterruptedException {
        return start(List.of(arguments)).finish();
    }

    private Running start(List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dmldelivery.root=" + root,
                "-cp",
                root.resolve("local/cli/target/lib") + File.separator + "*",
                "io.mldelivery.cli.Main"));
        line.addAll(arguments);
        line.addAll(List.of("--home", home.toString()));
        Path log = logs.resolve("run-" + ++runs + ".log");
        Process process = new ProcessBuilder(line)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Running(process, log);
    }
}
