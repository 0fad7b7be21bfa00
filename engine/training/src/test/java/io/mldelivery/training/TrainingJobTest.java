package io.mldelivery.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.digest.FileDigest;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.ProcessIdentity;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import io.mldelivery.registry.server.MlflowServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real Python and a real MLflow server. */
class TrainingJobTest {
    private static final String GOOD_SCRIPT = """
            import json, os, sys
            print("seed", os.environ["MLDELIVERY_SEED"], "depth", os.environ["MLDELIVERY_PARAM_DEPTH"])
            parameters = json.load(open(os.environ["MLDELIVERY_PARAMETERS"]))
            import six
            os.makedirs("build/model", exist_ok=True)
            open("build/model/model.onnx", "w").write("depth " + parameters["depth"] + open("data/a.csv").read())
            json.dump({"auc": 0.75, "bad": float("nan")}, open("build/metrics.json", "w"))
            """;

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static MlflowServer server;
    private final List<String> log = new ArrayList<>();
    private final String experiment = "training-" + UUID.randomUUID();
    private Path workspace;

    @BeforeAll
    static void startServer() throws InterruptedException {
        try {
            server = MlflowServer.start(
                    home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
        } catch (DeliveryException e) {
            Assumptions.assumeTrue("true".equals(System.getenv("CI")), "no MLflow server here: " + e.what());
            throw e;
        }
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectories(folder.resolve("ws"));
        Files.createDirectories(workspace.resolve("data"));
        Files.writeString(workspace.resolve("data/a.csv"), "1,2\n");
        try (InputStream lock = TrainingJobTest.class.getResourceAsStream("small.lock")) {
            Files.copy(lock, workspace.resolve("requirements.lock"));
        }
        script(GOOD_SCRIPT);
    }

    @Test
    void shouldRecordWhatItUsedAndMade() throws Exception {
        TrainingRecord record = train("one");

        TrackedRun run = mlflow().tracking().run(record.runId());
        assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.parameters()).containsEntry("depth", "7");
        assertThat(run.metrics()).containsEntry("auc", 0.75).containsEntry("bad", Double.NaN);
        assertThat(run.tags()).containsEntry("mldelivery.seed", "42").containsEntry("mldelivery.build", "job #1");
        assertThat(record.outputs())
                .extracting(FileDigest::path)
                .containsExactly("build/metrics.json", "build/model/model.onnx");
        assertThat(record.data()).extracting(FileDigest::path).containsExactly("data/a.csv");
        assertThat(mlflow().artifacts().list(record.runId(), "mldelivery"))
                .extracting("path")
                .contains("mldelivery/training.json", "mldelivery/training.log", "mldelivery/requirements.lock");
        assertThat(String.join("\n", log)).contains("seed 42 depth 7");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void shouldTakeTheRecordedResultAndRestoreItsFilesWhenInputsAreTheSame() throws Exception {
        TrainingRecord first = train("one");
        Files.delete(workspace.resolve("build/model/model.onnx"));
        Files.writeString(workspace.resolve("build/metrics.json"), "{\"auc\": 0.1}");

        Optional<TrainingRecord> cached = job("two", request("7")).begin();

        assertThat(cached).contains(first);
        assertThat(workspace.resolve("build/model/model.onnx")).hasContent("depth 71,2\n");
        assertThat(Files.readString(workspace.resolve("build/metrics.json"))).contains("0.75");
        assertThat(log).anyMatch(line -> line.startsWith("Cached: the same inputs"));
    }

    @Test
    void shouldTrainAgainWhenAnyInputChanges() throws Exception {
        TrainingRecord first = train("one");

        Files.writeString(workspace.resolve("helper.py"), "x = 1");
        TrainingRecord code = train("two");
        Files.writeString(workspace.resolve("data/a.csv"), "3,4\n");
        TrainingRecord data = train("three");
        TrainingRecord parameter = run(job("four", request("8")));
        TrainingRecord seed = run(job("five", request("8").seed(1)));
        TrainingRecord forced = run(job("six", request("8").seed(1).cache(false)));

        assertThat(List.of(first, code, data, parameter, seed, forced))
                .extracting(TrainingRecord::runId)
                .doesNotHaveDuplicates();
        assertThat(List.of(first, code, data, parameter, seed))
                .extracting(TrainingRecord::inputsDigest)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotTakeAResultWhoseFilesAreGone() throws Exception {
        TrainingRecord first = train("one");
        Files.delete(home.resolve("mlflow/artifacts/" + first.experimentId() + "/" + first.runId()
                + "/artifacts/build/model/model.onnx"));
        Files.delete(workspace.resolve("build/model/model.onnx"));

        TrainingRecord second = train("two");

        assertThat(second.runId()).isNotEqualTo(first.runId());
        assertThat(log).anyMatch(line -> line.contains(first.runId() + " has the same inputs but cannot be used"));
    }

    @Test
    void shouldGoOnWithTheSameRunWhenTheJavaProcessWasKilled() throws Exception {
        script("import time; time.sleep(1)\n" + GOOD_SCRIPT);
        job("one", request("7")).begin();

        TrainingJob adopted = job("one", request("7"));
        assertThat(adopted.begin()).isEmpty();
        TrainingRecord record = end(adopted);

        assertThat(mlflow().tracking().search(record.experimentId(), "", 10)).hasSize(1);
        assertThat(record.metrics()).containsEntry("auc", 0.75);
        assertThat(log.stream().filter(line -> line.contains("seed 42"))).hasSize(1);
    }

    @Test
    void shouldSayHowTheScriptFailedAndMarkTheRun() throws Exception {
        script("print('loading'); raise ValueError('no column delay')");
        TrainingJob job = job("one", request("7"));

        assertThatThrownBy(() -> run(job)).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.TRAINING);
            assertThat(e.what()).contains("train.py exited with status 1").endsWith("ValueError: no column delay");
            assertThat(e.getMessage().lines()).hasSize(2);
        });
        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
        assertThat(mlflow().artifacts().list(onlyRun().runId(), "mldelivery"))
                .extracting("path")
                .contains("mldelivery/training.log");
    }

    @Test
    void shouldSayThatTheScriptWasKilled() {
        assertThatThrownBy(() -> {
                    script("import os; os.kill(os.getpid(), 9)");
                    run(job("one", request("7")));
                })
                .hasMessageContaining("was killed by signal 9")
                .hasMessageContaining("memory");
    }

    @Test
    void shouldEndEverythingTheScriptStartedWhenAborted() throws Exception {
        script(
                "import subprocess, time\np = subprocess.Popen(['sleep', '300'])\nprint(p.pid, flush=True)\ntime.sleep(300)");
        TrainingJob job = job("one", request("7"));
        job.begin();
        long child = Long.parseLong(firstOutput(job).strip());

        job.abort();

        assertThat(new ProcessIdentity(child, 0).isRunning()).isFalse();
        assertThat(onlyRun().status()).isEqualTo(RunStatus.KILLED);
        job.forget();
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void shouldNotTakeFilesFromBeforeForOutputs() throws Exception {
        Files.createDirectories(workspace.resolve("build"));
        Path old = Files.writeString(workspace.resolve("build/old.txt"), "x");
        Files.setLastModifiedTime(
                old, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() - 60_000));

        assertThat(train("one").outputs()).extracting(FileDigest::path).doesNotContain("build/old.txt");
    }

    @Test
    void shouldRefuseWhatIsMissing() {
        assertMessage(new TrainingRequest("none.py", "requirements.lock"), "'none.py' does not exist");
        assertThat(log)
                .as("nothing is installed for a script that is not there")
                .isEmpty();
        assertMessage(new TrainingRequest("train.py", "none.lock"), "'none.lock' does not exist");
        assertMessage(
                new TrainingRequest("train.py", "requirements.lock").data(List.of("data/*.parquet")),
                "no file matches data");
        assertMessage(
                new TrainingRequest("train.py", "requirements.lock")
                        .data(List.of("data/*"))
                        .outputs(List.of("other/**")),
                "wrote no file that matches outputs");
        assertMessage(request("7").metrics("build/scores.json"), "metrics file 'build/scores.json' does not exist");
    }

    @Test
    void shouldSayWhereMlflowIsMissing() {
        Map<String, String> away = Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:9");
        TrainingJob job = new TrainingJob(workspace, folder.resolve("x"), request("7"), away, away, log::add);

        assertThatThrownBy(job::begin)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("http://127.0.0.1:9 does not answer")
                .hasMessageContaining("connection refused");
    }

    private void assertMessage(TrainingRequest request, String part) {
        request.experiment(experiment).parameters(Map.of("depth", "7"));
        assertThatThrownBy(() -> run(job(UUID.randomUUID().toString(), request)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(part);
    }

    private TrainingRequest request(String depth) {
        return new TrainingRequest("train.py", "requirements.lock")
                .parameters(new LinkedHashMap<>(Map.of("depth", depth)))
                .data(List.of("data/*"))
                .outputs(List.of("build/**"))
                .seed(42)
                .experiment(experiment)
                .tags(Map.of("mldelivery.build", "job #1"));
    }

    private TrainingJob job(String name, TrainingRequest request) {
        Map<String, String> environment =
                Map.of("MLFLOW_TRACKING_URI", server.uri().toString());
        return new TrainingJob(workspace, folder.resolve(name), request, environment, environment, log::add);
    }

    private TrainingRecord train(String name) throws Exception {
        return run(job(name, request("7")));
    }

    private TrainingRecord run(TrainingJob job) throws Exception {
        assertThat(job.begin()).isEmpty();
        return end(job);
    }

    private TrainingRecord end(TrainingJob job) throws Exception {
        StringBuilder output = new StringBuilder();
        TrainingProgress progress = job.follow(0);
        while (!progress.ended()) {
            output.append(new String(progress.output(), StandardCharsets.UTF_8));
            Thread.sleep(20);
            progress = job.follow(progress.offset());
        }
        output.toString().lines().forEach(log::add);
        TrainingRecord record = job.finish();
        assertThat(job.finish()).isEqualTo(record);
        job.forget();
        return record;
    }

    private static String firstOutput(TrainingJob job) throws Exception {
        TrainingProgress progress = job.follow(0);
        while (progress.output().length == 0) {
            Thread.sleep(20);
            progress = job.follow(0);
        }
        return new String(progress.output(), StandardCharsets.UTF_8);
    }

    private TrackedRun onlyRun() {
        List<TrackedRun> runs = mlflow().tracking().search(mlflow().tracking().experiment(experiment), "", 10);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private void script(String text) throws IOException {
        Files.writeString(workspace.resolve("train.py"), text);
    }

    private static Mlflow mlflow() {
        return Mlflow.connect(server.uri(), Map.of());
    }
}
