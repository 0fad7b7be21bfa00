package io.mldelivery.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.Models;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.registry.server.MlflowServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart as a user meets it: one home, one run after the other, each a process of its own. The order matters,
 * because what a run leaves in MLflow and behind the proxy is what the next one finds.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartTest {
    private static final String SAMPLE = "quickstart";
    private static final String MODEL = "late-flights";
    private static final Registry FIRST_SERVES = new Registry(Optional.of("1"), Optional.of("1"), 1);
    private static final long SEED = 20_261_121;
    private static final int KILLS = Integer.getInteger("mldelivery.kills", 2);

    @TempDir
    static Path folder;

    private static Path home;
    private static Launcher launcher;
    private static MlflowServer mlflow;

    @BeforeAll
    static void prepare() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        launcher = new Launcher(home, folder);
    }

    @AfterAll
    static void stopServing() throws IOException, InterruptedException {
        if (mlflow != null) {
            mlflow.close();
        }
        assertThat(launcher.command("rollout", "stop", MODEL).exitCode()).isZero();
        assertThat(servers()).isEmpty();
    }

    @Test
    @Order(1)
    void shouldEndRightWhenKilledInTrainingAndInTheRollout() throws Exception {
        launcher.run(SAMPLE).awaitOutput("train.py runs").kill();
        launcher.run(SAMPLE, "--resume").awaitOutput("[rollout] measuring").kill();
        Launcher.Result end = launcher.run(SAMPLE, "--resume").finish();

        assertThat(end.output()).contains("is promoted", "Finished: SUCCESS");
        assertThat(end.exitCode()).isZero();
        assertThat(registry()).isEqualTo(FIRST_SERVES);
        assertThat(servers()).hasSize(1);
        assertThat(types(1))
                .containsSubsequence(
                        "build.started",
                        "training.finished",
                        "gate.evaluated",
                        "model.registered",
                        "rollout.started",
                        "rollout.finished",
                        "drift.checked",
                        "build.finished");
        assertThat(types(1))
                .containsOnlyOnce("training.finished", "gate.evaluated", "model.registered", "drift.checked");
    }

    @Test
    @Order(2)
    void shouldTakeTheTrainingFromTheCacheTheSecondTime() throws Exception {
        Launcher.Result second = launcher.run(SAMPLE).finish();

        assertThat(second.output()).contains("[training] Cached", "is registered already", "Finished: SUCCESS");
        assertThat(second.exitCode()).isZero();
        assertThat(event(2, "training.finished").data().get("metrics"))
                .isEqualTo(event(1, "training.finished").data().get("metrics"));
        assertThat(event(2, "drift.checked").data().get("columns"))
                .isEqualTo(event(1, "drift.checked").data().get("columns"));
    }

    @Test
    @Order(3)
    void shouldStopAWeakModelAtTheGate() throws Exception {
        Launcher.Result weak = launcher.run(SAMPLE, "-a", "MODEL=weak").finish();

        assertThat(weak.output()).contains("[gate] Gate: FAIL", "Finished: FAILURE");
        assertThat(weak.exitCode()).isEqualTo(2);
        assertThat(types(3)).doesNotContain("model.registered", "rollout.started");
        assertThat(registry()).isEqualTo(FIRST_SERVES);
    }

    @Test
    @Order(4)
    void shouldRollBackErrorsAlsoWhenKilledMeanwhile() throws Exception {
        launcher.run(SAMPLE, "-a", "FAULT=errors")
                .awaitOutput("[rollout] measuring")
                .kill();
        Launcher.Result end = launcher.run(SAMPLE, "--resume").finish();

        assertRolledBack(end, 4);
        assertThat(end.output()).contains("success rate of the new version is 0.");
    }

    @Test
    @Order(5)
    void shouldRollBackLatency() throws Exception {
        Launcher.Result end = launcher.run(SAMPLE, "-a", "FAULT=latency").finish();

        assertRolledBack(end, 5);
        assertThat(end.output()).contains("latency p95", "above the maximum 0.25");
    }

    @Test
    @Order(6)
    void shouldShowEveryBuildAndVouchForIt() throws Exception {
        Path page = folder.resolve("report.html");

        assertThat(launcher.command("report", "--output", page.toString()).exitCode())
                .isZero();
        assertThat(page).content().contains("rolled back").doesNotContain("src=\"http", "href=\"http://");
        for (int build = 1; build <= 5; build++) {
            EvidenceLog.at(evidence(build)).verify();
        }
    }

    @Test
    @Order(7)
    void shouldDeliverInOneCallOfTheSharedLibrary() throws Exception {
        Launcher.Result end = launcher.run("one-call").finish();

        assertThat(end.output())
                .contains(
                        "Loading library ml-delivery",
                        "[training] Cached",
                        "[gate] Gate: PASS",
                        "[drift]",
                        "Finished: SUCCESS");
        assertThat(end.exitCode()).isZero();
        assertThat(registry()).isEqualTo(FIRST_SERVES);
        assertThat(servers()).hasSize(1);
    }

    /** {@code -Dmldelivery.kills=50} for more moments than in the build. */
    @Test
    @Order(8)
    void shouldEndEveryRolloutRightHoweverOftenItsBuildIsKilled() throws Exception {
        registerAgain();

        String champion = new KilledRollouts(launcher, home, folder, SEED).killAndResume(KILLS);

        assertThat(registry().champion()).contains(champion);
        assertThat(servers()).hasSize(1);
    }

    private void assertRolledBack(Launcher.Result end, int build) throws Exception {
        assertThat(end.output()).contains("[rollout] rolled back", "Finished: FAILURE");
        assertThat(end.exitCode()).isEqualTo(2);
        assertThat(registry()).isEqualTo(FIRST_SERVES);
        assertThat(servers()).hasSize(1);
        assertThat(event(build, "rollout.finished").data().at("/state").asText())
                .isEqualTo("rolled-back");
        assertThat(event(build, "rollout.finished").data().at("/weights/1").asInt())
                .isEqualTo(100);
    }

    private static Path evidence(int build) {
        return home.resolve("jobs/" + SAMPLE + "/builds/" + build + "/evidence.jsonl");
    }

    private static List<String> types(int build) {
        return EvidenceLog.at(evidence(build)).read().stream()
                .map(EvidenceEvent::type)
                .toList();
    }

    private static EvidenceEvent event(int build, String type) {
        return EvidenceLog.at(evidence(build)).read().stream()
                .filter(event -> event.type().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** What MLflow holds of the model. */
    private record Registry(Optional<String> challenger, Optional<String> champion, int versions) {}

    private static Registry registry() throws Exception {
        try (Mlflow mlflow = Mlflow.connect(mlflow().uri(), Map.of())) {
            Models models = mlflow.models();
            return new Registry(
                    models.byAlias(MODEL, "challenger").map(RegisteredVersion::version),
                    models.byAlias(MODEL, "champion").map(RegisteredVersion::version),
                    models.versions(MODEL).size());
        }
    }

    /** Registers the champion's files once more, as another version. */
    private static void registerAgain() throws Exception {
        try (Mlflow mlflow = Mlflow.connect(mlflow().uri(), Map.of())) {
            RegisteredVersion first = mlflow.models().byAlias(MODEL, "champion").orElseThrow();
            mlflow.models().create(MODEL, first.runId(), first.source(), first.tags());
        }
    }

    /** The home's server: the first test's runs start their own, those after it share this one. */
    private static MlflowServer mlflow() throws Exception {
        if (mlflow == null) {
            mlflow = MlflowServer.start(home, home, Map.of(), line -> {});
        }
        return mlflow;
    }

    /** The model servers that were started for this home. */
    private static List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains("serving.jar") && line.contains(home.toString()))
                        .orElse(false))
                .toList();
    }
}
