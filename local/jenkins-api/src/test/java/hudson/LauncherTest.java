package hudson;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.ArgumentListBuilder;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final StreamTaskListener listener = new StreamTaskListener(log, StandardCharsets.UTF_8);
    private final Launcher launcher = new Launcher.LocalLauncher(listener);

    @TempDir
    Path folder;

    @Test
    void shouldStreamBothOutputsAndAnswerTheStatus() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = launcher.launch()
                .cmds("sh", "-c", "cat; echo err >&2; echo $NAME; exit 3")
                .envs(Map.of("NAME", "value"))
                .stdin(new ByteArrayInputStream("in\n".getBytes(StandardCharsets.UTF_8)))
                .stdout(out)
                .pwd(folder.toFile())
                .quiet(true)
                .join();

        assertThat(status).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("in\nerr\nvalue\n");
        assertThat(log.size()).isZero();
    }

    @Test
    void shouldMaskSecretArgumentsInTheLog() throws Exception {
        launcher.launch()
                .cmds(new ArgumentListBuilder("true").add("--token").add("s3cret", true))
                .join();

        listener.getLogger().flush();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("$ true --token ********")
                .doesNotContain("s3cret");
    }

    @RepeatedTest(10)
    void shouldKillChildrenToo() throws Exception {
        Proc proc = launcher.launch()
                .cmds("sh", "-c", "sleep 987 & sleep 987")
                .quiet(true)
                .start();

        proc.kill();

        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .filter(p -> p.info().commandLine().orElse("").endsWith("sleep 987")))
                .isEmpty();
    }

    @Test
    void shouldKillByEnvironment() throws Exception {
        EnvVars cookie = EnvVars.createCookie();
        Proc proc =
                launcher.launch().cmds("sleep", "986").envs(cookie).quiet(true).start();

        launcher.kill(cookie);

        assertThat(proc.joinWithTimeout(5, TimeUnit.SECONDS, listener)).isNotZero();
    }
}
