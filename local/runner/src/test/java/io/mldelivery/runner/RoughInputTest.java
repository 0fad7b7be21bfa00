package io.mldelivery.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong, or is large or odd, around a build. */
class RoughInputTest {
    private static final int TEN_MEGABYTES = 10_000_000;

    @TempDir
    Path folder;

    @Test
    void shouldLogALineOfTenMegabytes() throws IOException {
        String log = log(
                "node { sh 'set +x; head -c " + TEN_MEGABYTES + " /dev/zero | tr \"\\\\0\" x; echo' }", Result.SUCCESS);

        assertThat(log.lines().mapToInt(String::length).max()).hasValue(TEN_MEGABYTES);
        assertThat(log).endsWith("Finished: SUCCESS\n");
    }

    @Test
    void shouldReturnALineOfTenMegabytes() throws IOException {
        String log = log(
                "node { def out = sh(script: 'head -c " + TEN_MEGABYTES
                        + " /dev/zero | tr \"\\\\0\" y', returnStdout: true)\n" + "echo \"${out.length()}\" }",
                Result.SUCCESS);

        assertThat(log).contains("\n" + TEN_MEGABYTES + "\n");
    }

    @Test
    void shouldWorkInAWorkspaceWithSpacesAndUmlauts() throws IOException {
        Path workspace = folder.resolve("ein Arbeitsplatz für Übungen 工");
        RunRequest request = request(
                        "node { writeFile file: 'ä ö/x y.txt', text: 'grüße'; sh 'cat \"ä ö/x y.txt\"; basename \"$PWD\"'\n"
                                + "dir('ä ö') { echo readFile('x y.txt') }; archiveArtifacts 'ä ö/*.txt' }")
                .withWorkspace(workspace);

        String log = log(request, Result.SUCCESS);

        assertThat(log).contains("grüße", "ein Arbeitsplatz für Übungen 工\n");
        assertThat(workspace.resolve("ä ö/x y.txt")).hasContent("grüße");
    }

    @Test
    void shouldFindEachMistakeOfADeclarativePipelineWithItsPlace() throws IOException {
        Path script = Files.writeString(
                folder.resolve("Jenkinsfile"),
                "pipeline {\n  agent none\n  moon { }\n  stages { stage('s') {\n    when { changeset '**' }\n"
                        + "    steps { sh scrpt: 'x' } } }\n}\n");

        List<Finding> findings = Linter.lint(script);

        assertThat(findings).extracting(Finding::line).containsExactly(3, 5, 6);
        assertThat(findings)
                .extracting(Finding::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("moon"),
                        second -> assertThat(second).startsWith("Unknown conditional changeset"),
                        third -> assertThat(third).isEqualTo("Invalid parameter \"scrpt\", did you mean \"script\"?"));
    }

    @Test
    void shouldEndAbortedAndLeaveNoProcessWhenTerminated() throws Exception {
        Path pid = folder.resolve("pid");
        Path done = folder.resolve("done");
        Path script = Files.writeString(
                folder.resolve("Jenkinsfile"),
                "node { try { sh '(echo $$ > " + pid + ".tmp; mv " + pid + ".tmp " + pid
                        + "; sleep 600); true' } finally { sh 'echo yes > " + done + "' } }");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ChildRunner.class.getName(),
                        script.toString(),
                        folder.resolve("home").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        awaitFile(pid);
        long shell = Long.parseLong(Files.readString(pid).strip());
        List<ProcessHandle> group =
                ProcessHandle.of(shell).orElseThrow().descendants().toList();

        process.destroy();

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Result.ABORTED.ordinal).isEqualTo(4);
        assertThat(done).hasContent("yes");
        assertThat(ProcessHandle.of(shell).filter(RoughInputTest::isRunning)).isEmpty();
        assertThat(group).noneMatch(RoughInputTest::isRunning);
        assertThat(Files.readString(folder.resolve("output"), StandardCharsets.UTF_8))
                .contains("Aborted by SIGTERM", "Sending interrupt signal to process", "Finished: ABORTED");
    }

    /** Not so for one that has ended and whose status nobody has asked for. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static void awaitFile(Path file) throws InterruptedException {
        for (int i = 0; i < 1_200 && !Files.exists(file); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(file).exists();
    }

    private RunRequest request(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("Jenkinsfile"), script);
        return RunRequest.of(file, folder.resolve("home")).withJob("job").withoutScm();
    }

    private String log(String script, Result expected) throws IOException {
        return log(request(script), expected);
    }

    private static String log(RunRequest request, Result expected) throws IOException {
        var log = new ByteArrayOutputStream();
        Result result = Runner.run(request, new PrintStream(log, true, StandardCharsets.UTF_8));
        assertThat(result).as(() -> tail(log)).isEqualTo(expected);
        return log.toString(StandardCharsets.UTF_8);
    }

    private static String tail(ByteArrayOutputStream log) {
        String text = log.toString(StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - 2_000));
    }
}
