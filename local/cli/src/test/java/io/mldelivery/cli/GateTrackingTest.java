package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.server.MlflowServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A gate on the command line that reads runs, versions, models and lock files from a real MLflow server. */
class GateTrackingTest {
    private static final Path LOCK =
            Path.of("../../engine/training/src/test/resources/io/mldelivery/training/optimize/onnx.lock");

    private static MlflowServer server;
    private static String candidate;

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void registerModels() throws Exception {
        try {
            server = MlflowServer.start(
                    home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
        } catch (DeliveryException e) {
            boolean noNetwork = e.code() == Code.ENVIRONMENT && !"true".equals(System.getenv("CI"));
            Assumptions.assumeFalse(noNetwork, "no MLflow server here: " + e.what());
            throw e;
        }
        try (Mlflow mlflow = Mlflow.connect(server.uri(), Map.of())) {
            String champion = train(mlflow, 0.80, "0.5 * row['x'] + 0.5 * row['noise']");
            mlflow.models().create("flights", champion, "runs:/" + champion + "/build/model", Map.of());
            mlflow.models().setAlias("flights", "champion", "1");
            candidate = train(mlflow, 0.85, "row['x']");
        }
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    /** A run as trainModel leaves it: metrics, a model, and the lock file of its environment. */
    private static String train(Mlflow mlflow, double area, String score) throws IOException {
        String run = mlflow.tracking()
                .start(mlflow.tracking().experiment("flights"), "training", Map.of(), Instant.now())
                .runId();
        Path model = Files.createDirectories(home.resolve("made-" + area));
        Files.writeString(model.resolve("MLmodel"), "flavors: {python_function: {loader_module: none}}");
        Files.writeString(model.resolve("predict.py"), "def predict(rows): return [" + score + " for row in rows]");
        mlflow.artifacts().upload(run, "build/model/MLmodel", model.resolve("MLmodel"));
        mlflow.artifacts().upload(run, "build/model/predict.py", model.resolve("predict.py"));
        mlflow.artifacts().upload(run, "mldelivery/requirements.lock", LOCK);
        mlflow.artifacts().upload(run, "mldelivery/training.json", model.resolve("MLmodel"));
        mlflow.tracking().logMetrics(run, Map.of("roc_auc", area));
        mlflow.tracking().finish(run, RunStatus.FINISHED, Instant.now());
        return run;
    }

    private int run(String policy, String... arguments) throws IOException {
        Files.writeString(folder.resolve("gate.yaml"), policy);
        List<String> all =
                new ArrayList<>(List.of("--policy", folder.resolve("gate.yaml").toString(), "--json"));
        all.addAll(List.of(arguments));
        var command = new GateCommand(Map.of("MLFLOW_TRACKING_URI", server.uri().toString()));
        var line = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((e, l, r) -> {
            l.getErr().println(e.getMessage());
            return 64;
        });
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void shouldReadMetricsOfRunsAndVersions() throws IOException {
        String policy = """
                rules:
                - {metric: roc_auc, kind: change, min: 0.04, max: 0.06}
                - {metric: roc_auc, kind: change, min: 0.04, against: models:/flights/1}
                """;
        assertThat(run(policy, "--candidate", "runs:/" + candidate, "--champion", "models:/flights@champion"))
                .as(out + "" + err)
                .isZero();
        JsonNode rules = new ObjectMapper().readTree(out.toString()).get("rules");
        assertThat(rules.get(0).get("candidate").asDouble()).isEqualTo(0.85);
        assertThat(rules.get(0).get("champion").asDouble()).isEqualTo(0.8);
        assertThat(run(policy, "--candidate", "runs:/" + candidate, "--champion", "models:/flights@none"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("models:/flights@none does not exist");
        assertThat(run(policy, "--candidate", "runs:/none")).isEqualTo(3);
        assertThat(run(policy, "--candidate", "flights")).isEqualTo(64);
        assertThat(err.toString()).contains("--candidate: 'flights' is no address");
    }

    /** Neither model is here: both come from MLflow, each with the environment that trained it. */
    @Test
    void shouldRunBothModelsInTheEnvironmentsOfTheirTrainings() throws IOException {
        StringBuilder rows = new StringBuilder("id,y,x,noise\n");
        for (int i = 0; i < 600; i++) {
            double x = 0.3 * (i % 2) + 0.7 * (i * 37 % 600) / 600;
            rows.append(i).append(',').append(i % 2).append(',').append(x).append(',');
            rows.append(i * 61 % 600 / 600.0).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Files.writeString(
                folder.resolve("cases.csv"),
                "x,noise,after.x,after.noise,expect\n0.1,0.5,0.2,,increase\n0.1,0.5,,0.9,same\n");
        int exit = run(
                """
                minRows: 2
                rules:
                - {metric: roc_auc, kind: superiority}
                - {kind: behaviour, cases: CASES}
                """.replace("CASES", folder.resolve("cases.csv").toString()),
                "--candidate",
                "runs:/" + candidate,
                "--champion",
                "models:/flights@champion",
                "--rows",
                folder.resolve("rows.csv").toString(),
                "--runner",
                "python");
        assertThat(exit).as(out + "" + err).isZero();
        JsonNode rules = new ObjectMapper().readTree(out.toString()).get("rules");
        assertThat(rules.get(0).get("difference").asDouble()).isBetween(0.01, 0.3);
        assertThat(rules.get(1).get("candidate").asDouble()).isZero();
    }
}
