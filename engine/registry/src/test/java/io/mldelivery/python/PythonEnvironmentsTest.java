package io.mldelivery.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonEnvironmentsTest {
    private static final String LOCK = """
            # one small package
            six==1.17.0 \\
                --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274
            """;

    @TempDir
    Path cache;

    @Test
    void shouldMakeAnEnvironmentOnceAndMakeItAnewWhenItIsDamaged() throws Exception {
        PythonEnvironment made = prepare(LOCK);
        PythonEnvironment found = prepare(LOCK);
        remove(made.folder(), "six-1.17.0.dist-info");
        PythonEnvironment repaired = prepare(LOCK);

        assertThat(made.created()).isTrue();
        assertThat(found.created()).isFalse();
        assertThat(found.digest()).isEqualTo(made.digest()).matches("[0-9a-f]{64}");
        assertThat(repaired.created()).isTrue();
        assertThat(versionOfSix(repaired)).isEqualTo("1.17.0");
    }

    @Test
    void shouldMakeItOnceWhenSeveralAskAtTheSameTime() throws Exception {
        Callable<PythonEnvironment> ask = () -> prepare(LOCK);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Boolean> created = new ArrayList<>();
        for (Future<PythonEnvironment> answer : threads.invokeAll(List.of(ask, ask, ask))) {
            created.add(answer.get().created());
        }
        threads.shutdown();

        assertThat(created).containsExactlyInAnyOrder(true, false, false);
    }

    @Test
    void shouldRefuseAPackageThatIsNotWhatTheLockFileSaysAndLeaveNothing() throws Exception {
        prepare(LOCK); // needs the package index: skips this test where there is none
        String changed = LOCK.replace("4721f391", "00000000");

        assertThatThrownBy(() -> environments().prepare("requirements.lock", changed, 9))
                .isInstanceOfSatisfying(DeliveryException.class, e -> {
                    assertThat(e.code()).isEqualTo(Code.DATA);
                    assertThat(e.what())
                            .contains("pip could not install requirements.lock")
                            .contains("HASHES");
                    assertThat(e.getMessage().lines()).hasSize(2);
                });
        try (Stream<Path> folders = Files.list(cache)) {
            assertThat(folders.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "six                                  | requirements.lock:1: 'six' does not pin a package",
                "six>=1.17.0 --hash=sha256:00         | does not pin a package",
                "six==1.17.0                          | has no --hash=sha256",
                "git+https://example.org/six          | does not pin a package",
                "--index-url https://example.org      | does not pin a package",
                "'# nothing'                          | there is no package in it",
            })
    void shouldRefuseALockFileThatDoesNotLock(String line, String message) {
        assertThatThrownBy(() -> environments().prepare("requirements.lock", line, 9))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("--generate-hashes");
    }

    @Test
    void shouldSayThatThereIsNoFittingPython() {
        var wrong = new PythonEnvironments(cache, Map.of("MLDELIVERY_PYTHON", "/bin/false"), line -> {});
        var none = new PythonEnvironments(cache, Map.of("PATH", "/nonexistent"), line -> {});

        assertThatThrownBy(() -> wrong.prepare("a.lock", LOCK, 9))
                .hasMessageContaining("MLDELIVERY_PYTHON=/bin/false is not a working");
        assertThatThrownBy(() -> none.prepare("a.lock", LOCK, 9))
                .hasMessageContaining("none of python3")
                .hasMessageContaining("apt install");
        assertThatThrownBy(() -> environments().prepare("a.lock", LOCK, 99)).hasMessageContaining("Python 3.99");
    }

    @Test
    void shouldNameAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "in the way");
        var environments = new PythonEnvironments(file.resolve("cache"), Map.of(), line -> {});

        assertThatThrownBy(() -> environments.prepare("a.lock", LOCK, 9))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.code()).isEqualTo(Code.ENVIRONMENT));
    }

    private PythonEnvironments environments() {
        return new PythonEnvironments(cache, Map.of(), line -> {});
    }

    private PythonEnvironment prepare(String lock) throws InterruptedException {
        try {
            return environments().prepare("requirements.lock", lock, 9);
        } catch (DeliveryException e) {
            Assumptions.assumeTrue("true".equals(System.getenv("CI")), "no Python packages here: " + e.what());
            throw e;
        }
    }

    private String versionOfSix(PythonEnvironment environment) throws IOException, InterruptedException {
        List<String> command = List.of(environment.python().toString(), "-c", "import six; print(six.__version__)");
        return CommandLine.run(command, Map.of(), cache.resolve("out"), Duration.ofSeconds(20))
                .output()
                .strip();
    }

    private static void remove(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path found = files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
            Files.move(found, folder.resolve("moved-away"));
        }
    }
}
