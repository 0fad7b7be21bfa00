package io.mldelivery.retraining.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryMemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("state/deliveries");
    }

    private DeliveryMemory memory() {
        return new DeliveryMemory(file);
    }

    @Test
    void shouldKnowAClaimAfterARestart() {
        assertThat(memory().claim("a", NOW)).isTrue();
        assertThat(memory().claim("a", NOW)).isFalse();
        assertThat(memory().claim("b", NOW)).isTrue();
    }

    @Test
    void shouldForgetAfterThirtyDays() {
        memory().claim("a", NOW);

        assertThat(memory().claim("a", NOW.plus(DeliveryMemory.KEPT).minusSeconds(1)))
                .isFalse();
        assertThat(memory().claim("a", NOW.plus(DeliveryMemory.KEPT))).isTrue();
    }

    @Test
    void shouldReleaseAClaimForGood() {
        DeliveryMemory memory = memory();
        memory.claim("a", NOW);
        memory.claim("b", NOW);

        memory.release("a");

        assertThat(memory().claim("a", NOW)).isTrue();
        assertThat(memory().claim("b", NOW)).isFalse();
    }

    @Test
    void shouldSurviveALineThatACrashCutOff() throws IOException {
        memory().claim("a", NOW);
        Files.writeString(file, "2026-11-2", StandardOpenOption.APPEND);

        assertThat(memory().claim("b", NOW)).isTrue();
        assertThat(memory().claim("a", NOW)).isFalse();
        assertThat(memory().claim("b", NOW)).isFalse();
    }

    @Test
    void shouldStaySmall() throws IOException {
        Files.createDirectories(file.getParent());
        var lines = new StringBuilder();
        for (int i = 0; i < DeliveryMemory.AT_MOST * 11 / 10; i++) {
            lines.append(NOW.plusSeconds(i)).append(" key").append(i).append('\n');
        }
        Files.writeString(file, lines);

        assertThat(memory().claim("new", NOW)).isTrue();

        assertThat(Files.readAllLines(file)).hasSize(DeliveryMemory.AT_MOST).noneMatch(line -> line.endsWith(" key0"));
        assertThat(memory().claim("new", NOW)).isFalse();
    }

    @Test
    void shouldGiveADeliveryToOneThreadOnly() throws Exception {
        DeliveryMemory memory = memory();
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(() -> memory.claim("same", NOW));
            }
            int taken = 0;
            for (var result : pool.invokeAll(tasks)) {
                taken += result.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void shouldRefuseAFileThatIsSomethingElse() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hello\n");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> memory().claim("a", NOW))
                .withMessageContaining("not a list of deliveries");
    }

    @Test
    void shouldNotTakeADeliveryItCannotRemember() throws IOException {
        Files.createDirectories(file);

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> memory().claim("a", NOW))
                .withMessageContaining("cannot keep the list of deliveries");
    }
}
