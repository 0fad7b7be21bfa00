package io.mldelivery.drift.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmissionTest {
    @TempDir
    Path folder;

    private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void buildJar() throws IOException {
        Files.writeString(folder.resolve("engine.jar"), "jar");
    }

    /** A spark-submit that does what the script says; {@code $last} is the file of its outcome. */
    private SparkSubmission install(String script) throws IOException {
        Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
        Files.writeString(submit, "#!/bin/sh\nfor last; do :; done\n" + script + "\n");
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
        return SparkSubmission.find(
                Optional.of(folder.resolve("spark")),
                Optional.of(folder.resolve("engine.jar")),
                Map.of(),
                Optional.empty(),
                Map.of());
    }

    private Surroundings surroundings() {
        return new Surroundings(folder, Map.of("LAKE_KEY", "secret"), printed::add, messages::add);
    }

    @Test
    void shouldRunInTheFolderWithTheEnvironmentAndTellOutputFromMessages() throws IOException {
        SparkSubmission submission = install(
                "echo \"$PWD $LAKE_KEY\"; echo 'INFO started' >&2; echo '{\"exitCode\":1}' > \"$last\"; exit 9");

        assertThat(submission.run(List.of("drift"), surroundings())).isEqualTo(1);

        assertThat(printed).containsExactly(folder.toRealPath() + " secret");
        assertThat(messages).containsExactly("INFO started");
    }

    @Test
    void shouldThrowTheProblemThatTheProgramMet() throws IOException {
        SparkSubmission submission = install(
                "echo '{\"code\":\"CONFIG\",\"what\":\"p.yaml:1:1: no\",\"advice\":\"Correct it.\"}' > \"$last\"; exit 1");

        assertThatThrownBy(() -> submission.run(List.of("drift"), surroundings()))
                .isInstanceOfSatisfying(DeliveryException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(DeliveryException.Code.CONFIG);
                    assertThat(problem.what()).isEqualTo("p.yaml:1:1: no");
                    assertThat(problem.advice()).isEqualTo("Correct it.");
                });
    }

    @Test
    void shouldEndSparkAndWhatItStartedWhenInterrupted() throws Exception {
        SparkSubmission submission = install("sleep 600 & echo $$ $!; wait");
        var child = new CountDownLatch(1);
        var end = new AtomicReference<Throwable>();
        var interrupted = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            try {
                submission.run(
                        List.of("drift"),
                        new Surroundings(
                                folder,
                                Map.of(),
                                line -> {
                                    printed.add(line);
                                    child.countDown();
                                },
                                messages::add));
            } catch (DeliveryException e) {
                end.set(e);
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.countDown();
                }
            }
        });
        worker.start();
        assertThat(child.await(60, TimeUnit.SECONDS)).isTrue();

        worker.interrupt();

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(end.get()).hasMessageContaining("the check on Spark was interrupted");
        assertThat(printed.get(0).split(" ")).noneMatch(SparkSubmissionTest::isRunning);
    }

    /** One that has ended and that nobody has buried yet runs no command. */
    private static boolean isRunning(String id) {
        return ProcessHandle.of(Long.parseLong(id))
                .filter(process -> process.isAlive() && process.info().command().isPresent())
                .isPresent();
    }
}
