package io.mldelivery.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small Jenkinsfiles, each with the log that Jenkins 2.541.3 wrote for it. The first line of each says why it is there,
 * the second one may say how it is run ({@link HowToRun}). A log with the ending {@code .local} is used instead where a
 * local build differs on purpose; its first line says why.
 */
class ConformanceTest {
    private static final Path FOLDER = Path.of("src/test/jenkinsfiles");

    @TempDir
    Path home;

    static List<String> jenkinsfiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".groovy"))
                    .map(name -> name.substring(0, name.length() - ".groovy".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jenkinsfiles")
    void shouldLogWhatJenkinsLogs(String name) throws IOException {
        Path script = FOLDER.resolve(name + ".groovy");
        HowToRun how = HowToRun.of(script);
        writeCredentials();
        RunRequest request = RunRequest.of(script, home)
                .withJob("conf-" + name)
                .withLibraries(libraries())
                .withoutScm();

        if (how.isSecondBuild()) {
            run(request, HowToRun.PLAIN);
        }
        String log = run(request, how);

        assertThat(ExpectedLog.comparable(log, home)).isEqualTo(expected(name));
    }

    private static String run(RunRequest request, HowToRun how) throws IOException {
        var log = new WatchedLog(how.abortAt());
        RunRequest complete = how.proceeds() ? request.withAnswers(Map.of("*", "proceed")) : request;
        Runner.run(complete.withParameters(how.parameters()), new PrintStream(log, true, StandardCharsets.UTF_8));
        return log.text();
    }

    private static Map<String, Path> libraries() {
        Path folder = FOLDER.resolve("libraries").toAbsolutePath();
        return Map.of(
                "conf", folder.resolve("conf"), "second", folder.resolve("second"), "broken", folder.resolve("broken"));
    }

    private void writeCredentials() throws IOException {
        Path file = Files.createFile(
                home.resolve("credentials.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                {"conf-text": {"secret": "s3cr3t-text"},
                 "conf-user": {"username": "ada", "password": "s3cr3t-pw"}}""");
    }

    private static List<String> expected(String name) throws IOException {
        Path local = FOLDER.resolve(name + ".local");
        if (Files.exists(local)) {
            List<String> lines = Files.readAllLines(local);
            return lines.subList(1, lines.size());
        }
        return Files.readAllLines(FOLDER.resolve(name + ".log"));
    }
}
