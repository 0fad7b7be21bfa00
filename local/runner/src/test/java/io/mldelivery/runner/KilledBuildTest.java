package io.mldelivery.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a build, as kill -9 does, at random moments and resumes it: each step must have run exactly once
 * and the build must end as if nothing had happened. {@code -Dmldelivery.kills=50} for more moments than in the build.
 */
class KilledBuildTest {
    private static final long SEED = 20_261_121;
    private static final int KILLS = Integer.getInteger("mldelivery.kills", 5);
    private static final int KILLS_OF_ONE_BUILD = 5;
    private static final int EARLIEST = 300;
    private static final int LATEST = 2_500;

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    @Test
    void shouldRunEachStepOnceHoweverOftenTheProcessIsKilled() throws Exception {
        Path script = Files.writeString(folder.resolve("Jenkinsfile"), script());
        int kills = 0;
        for (int build = 1; kills < KILLS; build++) {
            Path home = folder.resolve("home" + build);
            kills += killed(script, home);

            assertThat(resumed(script, home)).as("exit code of build %d", build).isEqualTo(Result.SUCCESS.ordinal);
            assertThat(counts(home))
                    .as("steps of build %d", build)
                    .containsExactlyInAnyOrderElementsOf(everyStepOnce());
            assertThat(log(home)).endsWith("Finished: SUCCESS\n").containsOnlyOnce("Finished:");
        }
    }

    /** Starts, kills and resumes one build; fewer kills where it ended before. */
    private int killed(Path script, Path home) throws Exception {
        for (int kill = 1; kill <= KILLS_OF_ONE_BUILD; kill++) {
            Process process = start(script, home);
            if (process.waitFor(EARLIEST + random.nextInt(LATEST - EARLIEST), TimeUnit.MILLISECONDS)) {
                return kill;
            }
            process.destroyForcibly().waitFor();
        }
        return KILLS_OF_ONE_BUILD;
    }

    private int resumed(Path script, Path home) throws Exception {
        if (isEnded(home)) {
            return Result.SUCCESS.ordinal;
        }
        Process process = start(script, home);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("A resumed build goes on and on: " + log(home));
        }
        return process.exitValue();
    }

    private Process start(Path script, Path home) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ChildRunner.class.getName(),
                script.toString(),
                home.toString()));
        if (hasState(home)) {
            words.add("resume");
        }
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output").toFile()))
                .start();
    }

    private static boolean hasState(Path home) throws IOException {
        return !found(home, "program.dat").isEmpty();
    }

    private static boolean isEnded(Path home) throws IOException {
        return !hasState(home) && found(home, "log").stream().anyMatch(KilledBuildTest::saysFinished);
    }

    private static boolean saysFinished(Path log) {
        try {
            return Files.readString(log).contains("Finished: SUCCESS");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> found(Path home, String name) throws IOException {
        if (!Files.isDirectory(home.resolve("jobs/job/builds"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(home.resolve("jobs/job/builds"), 2)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .toList();
        }
    }

    /** The log of the newest build: one that was killed before it had a state is followed by another one. */
    private static String log(Path home) throws IOException {
        Path newest = found(home, "log").stream()
                .max(Comparator.comparingInt(
                        log -> Integer.parseInt(log.getParent().getFileName().toString())))
                .orElseThrow();
        return Files.readString(newest);
    }

    private static int buildNumber(Path log) {
        return Integer.parseInt(log.getParent().getFileName().toString());
    }

    private static List<String> counts(Path home) throws IOException {
        return Files.readAllLines(home.resolve("workspace/job/counts"));
    }

    private static List<String> everyStepOnce() {
        List<String> lines = new ArrayList<>(List.of("limited", "expired", "left", "right", "nested", "end"));
        for (int i = 0; i < 12; i++) {
            lines.add("step-" + i);
        }
        for (int i = 0; i < 3; i++) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                lines.add("retried-" + i + "-" + attempt);
            }
        }
        return lines;
    }

    private static String script() throws IOException {
        try (var in = KilledBuildTest.class.getResourceAsStream("killed.groovy")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
