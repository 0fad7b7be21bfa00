package io.mldelivery.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that the tests run. What is missing fails the build in CI and skips the test elsewhere. */
final class Tools {

    /** What the build of the server makes. */
    static final Path SERVING_JAR =
            Path.of("../target/serving.jar").toAbsolutePath().normalize();

    static final Path MODEL =
            Path.of("../src/test/resources/models/cancer").toAbsolutePath().normalize();

    private Tools() {}

    static void need(boolean there, String what) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(what).isTrue();
        }
        assumeTrue(there, what);
    }

    static boolean installed(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a program to its end, which must be good, and returns what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output);
        Files.delete(output);
        assertThat(ended && process.exitValue() == 0)
                .as("%s printed%n%s", List.of(command), text)
                .isTrue();
        return text;
    }
}
