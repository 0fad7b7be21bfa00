package io.jenkins.plugins.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the steps hand to spark-submit, and what they make of its end; engine/drift-spark submits the real jar. */
class SparkStepTest {
    private static final String EVIDENCE = "{\"outcome\":\"FAIL\",\"reason\":\"1 of 2 columns drifted\",\"reference\":"
            + "\"s3a://lake/q1\",\"current\":\"s3a://lake/july\",\"policy\":\"\",\"columns\":["
            + "{\"name\":\"delay\",\"drifted\":true},{\"name\":\"carrier\",\"drifted\":false}]}";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final EnvVars environment = new EnvVars();
    private Path workspace;
    private LocalRun run;
    private FakeStepContext context;

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(folder.resolve("home"));
        run = LocalJob.named("flights").newBuild();
        workspace = Files.createDirectories(folder.resolve("workspace"));
        environment.put("SPARK_HOME", folder.resolve("spark").toString());
        environment.put("MLDELIVERY_SPARK_JAR", folder.resolve("engine.jar").toString());
        Files.writeString(folder.resolve("engine.jar"), "jar");
        Files.writeString(folder.resolve("evidence.json"), EVIDENCE);
        context = new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, new FilePath(workspace.toFile()))
                .with(EnvVars.class, environment)
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopJenkins() throws Exception {
        LocalJenkins.stop();
    }

    /** A spark-submit that notes its arguments; {@code value NAME} is that of an argument of the program. */
    private void install(String script) throws IOException {
        Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
        String noted = "printf '%s\\n' \"$@\" > '" + folder.resolve("arguments") + "'\n";
        String value = "value() { grep -A1 -x -- \"$1\" '" + folder.resolve("arguments") + "' | tail -1; }\n";
        Files.writeString(submit, "#!/bin/sh\n" + noted + value + script + "\n");
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void installChecking() throws IOException {
        install("echo 'INFO SparkContext: started' >&2; echo 'FAIL: 1 of 2 columns drifted'; pwd > '"
                + folder.resolve("pwd") + "'\ncp '" + folder.resolve("evidence.json")
                + "' \"$(value --evidence)\"; echo '{\"exitCode\":1}' > \"$(value --outcome)\"; exit 1");
    }

    private static DriftCheckStep check() {
        var step = new DriftCheckStep("s3a://lake/q1", "s3a://lake/july");
        step.setEngine("spark");
        step.setOnFail("ignore");
        step.setOnError("ignore");
        return step;
    }

    private DriftOutcome run(DriftCheckStep step) throws Throwable {
        step.start(context).start();
        return (DriftOutcome) context.result();
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldSubmitTheCheckAndRecordItsAnswer() throws Throwable {
        installChecking();
        var step = check();
        step.setSparkMaster("yarn");
        step.setSparkConf(Map.of("spark.executor.memory", "8g"));
        step.setMarkdown("drift.md");

        DriftOutcome outcome = run(step);

        assertThat(outcome.getOutcome()).isEqualTo("FAIL");
        assertThat(outcome.getDriftedColumns()).containsExactly("delay");
        assertThat(outcome.getColumns()).isEqualTo(2);
        assertThat(log()).contains("INFO SparkContext: started").contains("[drift] FAIL: 1 of 2 columns drifted");
        List<EvidenceEvent> events = BuildEvidence.of(run).events();
        EvidenceEvent event = events.get(events.size() - 1);
        assertThat(event.type()).isEqualTo("drift.checked");
        assertThat(event.data().get("current").asText()).isEqualTo("s3a://lake/july");
        assertThat(folder.resolve("pwd"))
                .content()
                .isEqualToIgnoringNewLines(workspace.toRealPath().toString());
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .startsWith("--master", "yarn", "--deploy-mode", "client", "--conf", "spark.executor.memory=8g")
                .contains(folder.resolve("engine.jar").toString())
                .containsSequence("drift", "--reference", "s3a://lake/q1", "--current", "s3a://lake/july")
                .containsSequence("--name", "#" + run.getNumber())
                .containsSequence("--html", "drift-report.html")
                .containsSequence("--markdown", "drift.md")
                .containsSequence("--document", "drift-report.json");
    }

    @Test
    void shouldGiveErrorOutcomeWhenSomethingOfSparkIsMissing() throws Throwable {
        var step = check();
        assertThat(run(step).getReason())
                .isEqualTo(folder.resolve("spark/bin/spark-submit") + ": there is no such program");
        assertThat(log()).contains("Name the folder of an Apache Spark 4 installation");
    }

    @Test
    void shouldLookUpTheJarFromTheWorkspace() throws Throwable {
        installChecking();
        var step = check();
        step.setSparkJar("lib/spark.jar");
        assertThat(run(step).getReason()).isEqualTo(workspace.resolve("lib/spark.jar") + ": there is no such file");
        assertThat(log()).contains("MLDELIVERY_SPARK_JAR in the environment, in a Jenkinsfile sparkJar.");
    }

    @Test
    void shouldRefuseAWrongPolicyBeforeSparkStarts() throws Exception {
        install("exit 0");
        Files.writeString(workspace.resolve("drift.yaml"), "tolerate: 1\n");
        var step = check();
        step.setPolicy("drift.yaml");
        assertThatThrownBy(() -> run(step))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("drift.yaml:1:1: unknown key 'tolerate'");
        assertThat(folder.resolve("arguments")).doesNotExist();
    }

    @Test
    void shouldEndSparkWhenTheBuildIsAborted() throws Throwable {
        Path id = folder.resolve("id");
        install("echo $$ > '" + id + ".part'; mv '" + id + ".part' '" + id + "'; exec sleep 600");
        StepExecution execution = check().start(context);
        execution.start();
        await(id);
        ProcessHandle spark =
                ProcessHandle.of(Long.parseLong(Files.readString(id).strip())).orElseThrow();

        execution.stop(new InterruptedException("aborted"));

        assertThatThrownBy(() -> context.result()).hasMessage("aborted");
        assertThat(spark.onExit()).succeedsWithin(Duration.ofSeconds(60));
    }

    private static void await(Path file) throws InterruptedException {
        Instant until = Instant.now().plusSeconds(60);
        while (!Files.exists(file) && Instant.now().isBefore(until)) {
            Thread.sleep(20);
        }
        assertThat(file).exists();
    }

    @Test
    void shouldSubmitAProfile() throws Throwable {
        Path table = workspace.resolve("small.csv");
        Files.writeString(table, "x\n1\n2\n3\n");
        byte[] profile = ProfileFile.write(
                new DriftCheck(TableOptions.in(workspace), DriftPolicy.calibrated()).profile("small.csv"));
        Files.write(folder.resolve("made"), profile);
        install("cp '" + folder.resolve("made")
                + "' \"$(value --output)\"; echo '{\"exitCode\":0}' > \"$(value --outcome)\"");
        var step = new DriftProfileStep("s3a://lake/q1");
        step.setEngine("spark");
        step.setOutput("reference.profile");

        step.start(context).start();
        context.result();

        assertThat(log()).contains("profile of s3a://lake/q1 (1 columns, 3 rows) kept in reference.profile");
        assertThat(Files.readAllBytes(workspace.resolve("reference.profile"))).isEqualTo(profile);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        var unknown = new DriftCheckStep("a.csv", "b.csv");
        unknown.setEngine("flink");
        assertThatThrownBy(() -> unknown.start(context))
                .hasMessage(
                        "driftCheck: engine: 'flink' is not known" + System.lineSeparator() + "Use duckdb or spark.");
        var idle = new DriftProfileStep("a.csv");
        idle.setSparkMaster("yarn");
        assertThatThrownBy(() -> idle.start(context))
                .hasMessageContaining("driftProfile: sparkHome, sparkJar, sparkMaster and sparkConf need the engine");
        var limited = check();
        limited.setMemoryMiB(64);
        assertThatThrownBy(() -> limited.start(context)).hasMessageContaining("memoryMiB: 64 is DuckDB's limit");
        assertThatThrownBy(() -> limited.setSparkConf("spark.executor.memory"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sparkConf: 'spark.executor.memory' is no KEY=VALUE");
        assertThatThrownBy(() -> limited.setSparkConf(List.of("a=b"))).hasMessageContaining("expected a map or a text");
    }

    @Test
    void shouldShowSettingsAsTheFormTakesThem() {
        var step = check();
        step.setSparkConf("spark.executor.memory=8g\n\nspark.sql.x = a=b\n");
        assertThat(step.getSparkConf()).isEqualTo("spark.executor.memory=8g\nspark.sql.x=a=b");
    }
}
