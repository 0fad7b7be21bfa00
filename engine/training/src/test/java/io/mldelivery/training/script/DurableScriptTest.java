package io.mldelivery.training.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableScriptTest {
    private static final Path PYTHON = Path.of("/usr/bin/env");

    @TempDir
    Path folder;

    @Test
    void shouldTellExitStatusSignalAndWhatWasSaid() throws Exception {
        DurableScript exited = start("exited", "echo one; echo two >&2; exit 3");
        DurableScript killed = start("killed", "kill -9 $$");

        assertThat(end(exited)).isEqualTo(new ScriptState.Exited(3));
        assertThat(end(killed)).isEqualTo(new ScriptState.Signalled(9));
        assertThat(new String(exited.read(0, 100), StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
        assertThat(new String(exited.read(4, 2), StandardCharsets.UTF_8)).isEqualTo("tw");
        assertThat(exited.lastLines(1)).containsExactly("two");
    }

    @Test
    void shouldStartOnceHoweverOftenItIsAsked() throws Exception {
        DurableScript script = start("once", "echo x >> count; sleep 0.5");
        for (int i = 0; i < 3; i++) {
            start("once", "echo x >> count; sleep 0.5");
        }
        end(script);
        start("once", "echo x >> count");

        Thread.sleep(300);
        assertThat(folder.resolve("count")).hasContent("x");
    }

    @Test
    void shouldSayLostAndEndTheRestWhenTheSupervisorWasKilled() throws Exception {
        DurableScript script = start("lost", "sleep 300 & echo $!; wait");
        long child = Long.parseLong(firstLine(script));
        long supervisor = Long.parseLong(Files.readString(folder.resolve("lost/pid")));
        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();

        assertThat(end(script)).isEqualTo(new ScriptState.Lost());
        script.stop();
        for (int i = 0; i < 100 && new ProcessIdentity(child, 0).isRunning(); i++) {
            Thread.sleep(20);
        }
        assertThat(new ProcessIdentity(child, 0).isRunning()).isFalse();
    }

    @Test
    void shouldNeverSayLostOfAScriptThatStartsOrEndsWhileManyLook() throws Exception {
        for (int i = 0; i < 10; i++) {
            DurableScript script = start("watched" + i, "exit 1");

            List<CompletableFuture<ScriptState>> looks =
                    Stream.generate(() -> endSeenBy(script)).limit(3).toList();

            assertThat(looks).extracting(CompletableFuture::join).containsOnly(new ScriptState.Exited(1));
        }
    }

    private static CompletableFuture<ScriptState> endSeenBy(DurableScript script) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                ScriptState state = script.state();
                while (!state.ended()) {
                    state = script.state();
                }
                return state;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void shouldStopAScriptThatIsJustStarting() throws Exception {
        DurableScript script = start("stopped", "sleep 300");

        script.stop();

        assertThat(end(script)).isInstanceOf(ScriptState.Signalled.class);
    }

    @Test
    void shouldSayThatAProgramIsMissing() throws Exception {
        DurableScript script = new DurableScript(folder.resolve("none"));
        script.start(python(), List.of("/no/such/program"), folder, System.getenv());

        assertThat(end(script)).isEqualTo(new ScriptState.Exited(127));
        assertThat(script.lastLines(1).get(0)).contains("/no/such/program");
    }

    @Test
    void shouldBeNotStartedAtFirst() throws Exception {
        DurableScript script = new DurableScript(folder.resolve("new"));

        assertThat(script.state()).isEqualTo(new ScriptState.NotStarted());
        assertThat(script.read(0, 10)).isEmpty();
        script.stop();
    }

    private DurableScript start(String name, String shell) throws Exception {
        DurableScript script = new DurableScript(folder.resolve(name));
        script.start(python(), List.of("sh", "-c", shell), folder, Map.of("PATH", System.getenv("PATH")));
        return script;
    }

    private static Path python() {
        for (String place : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(place, "python3"))) {
                return Path.of(place, "python3");
            }
        }
        return PYTHON;
    }

    private static ScriptState end(DurableScript script) throws Exception {
        for (int i = 0; i < 1000 && !script.state().ended(); i++) {
            Thread.sleep(20);
        }
        return script.state();
    }

    private static String firstLine(DurableScript script) throws Exception {
        for (int i = 0; i < 1000 && script.read(0, 100).length == 0; i++) {
            Thread.sleep(20);
        }
        return new String(script.read(0, 100), StandardCharsets.UTF_8).strip();
    }
}
