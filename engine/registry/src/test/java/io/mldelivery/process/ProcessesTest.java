package io.mldelivery.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    Path folder;

    @Test
    void shouldEndAGroupWithChildrenThatIgnoreTerm() throws Exception {
        String script = "import os, signal, subprocess\nos.setsid()\n"
                + "child = subprocess.Popen(['sh', '-c', 'trap \"\" TERM; while :; do sleep 1; done'])\n"
                + "print(child.pid, flush=True)\nchild.wait()";
        Process leader = new ProcessBuilder("python3", "-c", script).start();
        long child = Long.parseLong(leader.inputReader().readLine());

        new ProcessGroup(ProcessIdentity.of(leader.toHandle())).stop(Duration.ofMillis(300));

        assertThat(leader.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(gone(child)).isTrue();
    }

    @Test
    void shouldNotEndAProcessThatMerelyHasTheNumber() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity real = ProcessIdentity.of(stranger.toHandle());

        new ProcessGroup(new ProcessIdentity(real.pid(), real.startedAt() - 3_600_000)).stop(Duration.ZERO);

        assertThat(real.isRunning()).isTrue();
        stranger.destroyForcibly().waitFor();
        assertThat(real.isRunning()).isFalse();
    }

    @Test
    void shouldLetOneThreadAtATimePastAFile() throws Exception {
        AtomicBoolean second = new AtomicBoolean();
        CompletableFuture<Void> other;
        try (FileMutex first = FileMutex.acquire(folder.resolve("lock"))) {
            other = CompletableFuture.runAsync(() -> {
                try (FileMutex mine = FileMutex.acquire(folder.resolve("lock"))) {
                    second.set(mine != null);
                }
            });
            Thread.sleep(200);
            assertThat(second).isFalse();
            assertThat(first).isNotNull();
        }
        other.get(5, TimeUnit.SECONDS);
        assertThat(second).isTrue();
    }

    private static boolean gone(long pid) throws InterruptedException {
        for (int i = 0; i < 100 && new ProcessIdentity(pid, 0).isRunning(); i++) {
            Thread.sleep(20);
        }
        return !new ProcessIdentity(pid, 0).isRunning();
    }
}
