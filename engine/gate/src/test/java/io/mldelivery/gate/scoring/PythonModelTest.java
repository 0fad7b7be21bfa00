package io.mldelivery.gate.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.gate.model.GateModels;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.scoring.ModelRuns.Side;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.python.PythonEnvironment;
import io.mldelivery.python.PythonEnvironments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real Python environment that has ONNX Runtime. */
class PythonModelTest {
    private static final Path LOCK =
            Path.of("../training/src/test/resources/io/mldelivery/training/optimize/onnx.lock");
    private static final Path CANCER = Path.of("../../serving-image/src/test/resources/models/cancer");

    private static final Path MLFLOW_LOCK =
            Path.of("../registry/src/main/resources/io/mldelivery/registry/server/mlflow.lock");

    private static PythonEnvironment python;
    private static PythonEnvironment mlflow;

    @TempDir
    private Path folder;

    private Path model;
    private Path work;

    @BeforeAll
    static void prepareEnvironment() throws Exception {
        try {
            var environments = new PythonEnvironments(
                    PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
            python = environments.prepare("onnx.lock", Files.readString(LOCK), 9);
            mlflow = environments.prepare("mlflow.lock", Files.readString(MLFLOW_LOCK), 9);
        } catch (DeliveryException e) {
            boolean noNetwork = e.code() == DeliveryException.Code.ENVIRONMENT && !"true".equals(System.getenv("CI"));
            Assumptions.assumeFalse(noNetwork, "no Python environment here: " + e.what());
            throw e;
        }
    }

    @BeforeEach
    void makeFolders() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        work = Files.createDirectories(folder.resolve("work"));
    }

    private PythonModel start(Path from) {
        return PythonModel.start(python, from, work, "the champion models:/flights/3");
    }

    private PythonModel module(String text) throws IOException {
        Files.writeString(model.resolve("predict.py"), text);
        return start(model);
    }

    @Test
    void shouldAnswerGoldenRowsByOnnxRuntime() throws Exception {
        JsonNode golden =
                new ObjectMapper().readTree(CANCER.resolve("golden.json").toFile());
        List<Object[]> rows = new ArrayList<>();
        golden.get("inputs")
                .forEach(row -> rows.add(IntStream.range(0, row.size())
                        .mapToObj(i -> (Object) row.get(i).asDouble())
                        .toArray()));
        List<String> columns =
                IntStream.range(0, rows.get(0).length).mapToObj(i -> "x" + i).toList();
        try (PythonModel cancer = start(CANCER)) {
            List<double[]> answers = cancer.predict(columns, rows);
            assertThat(answers).hasSize(5);
            for (int i = 0; i < 5; i++) {
                double expected =
                        golden.at("/outputs/probabilities/" + i + "/1").asDouble();
                assertThat(answers.get(i)).hasSize(2);
                assertThat(answers.get(i)[1]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void shouldAnswerByMlflow() throws Exception {
        Files.writeString(model.resolve("MLmodel"), """
                flavors:
                  python_function:
                    loader_module: doubling
                    code: code
                mlflow_version: 3.17.2
                """);
        Files.createDirectories(model.resolve("code"));
        Files.writeString(model.resolve("code/doubling.py"), """
                class Doubling:
                    def predict(self, rows):
                        return rows[["x"]] * 2
                def _load_pyfunc(path):
                    return Doubling()
                """);
        try (PythonModel doubling = PythonModel.start(mlflow, model, work, "the candidate")) {
            List<Object[]> rows = List.of(new Object[] {"AA", 0.25}, new Object[] {"B6", 1.5});
            List<double[]> answers = doubling.predict(List.of("carrier", "x"), rows);
            assertThat(answers).containsExactly(new double[] {0.5}, new double[] {3});
        }
    }

    /** What the model prints does not disturb its answers; missing values and texts arrive as such. */
    @Test
    void shouldAnswerByTheModelsOwnFunction() throws Exception {
        try (PythonModel own = module("""
                print("loading")
                def predict(rows):
                    print("asked for", len(rows))
                    return [0.5 if row["x"] is None else [row["x"], len(row["carrier"])] for row in rows]
                """)) {
            List<Object[]> rows = List.of(new Object[] {0.25, "AA"}, new Object[] {null, "B6"});
            List<double[]> answers = own.predict(List.of("x", "carrier"), rows);
            assertThat(answers.get(0)).containsExactly(0.25, 2);
            assertThat(answers.get(1)).containsExactly(0.5);
            assertThat(work.resolve("model.log")).content().contains("loading", "asked for 2");
            assertThat(python()).hasSize(1);
        }
        assertThat(python()).isEmpty();
    }

    private List<ProcessHandle> python() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(work.toString()))
                .toList();
    }

    @Test
    void shouldInheritNoVariableOfTheBuild() throws Exception {
        try (PythonModel own = module("""
                import os
                def predict(rows):
                    return [[len([n for n in os.environ if n not in known]) for _ in rows] for known in
                            [{"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "ORT_DISABLE_TELEMETRY"}]]
                """)) {
            assertThat(own.predict(List.of("x"), List.<Object[]>of(new Object[] {1.0}))
                            .get(0))
                    .containsExactly(0);
        }
    }

    @Test
    void shouldSayWhyAModelDoesNotAnswer() throws Exception {
        assertThatThrownBy(() -> start(model))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the champion models:/flights/3 cannot be run")
                .hasMessageContaining("neither predict.py nor model.onnx nor MLmodel");
        assertThatThrownBy(() -> again("import none_such")).hasMessageContaining("No module named 'none_such'");
        try (PythonModel own = again("def predict(rows): return [row['y'] for row in rows]")) {
            assertThatThrownBy(() -> own.predict(List.of("x"), List.<Object[]>of(new Object[] {1.0})))
                    .hasMessageContaining("KeyError: 'y'");
        }
        try (PythonModel own = again("def predict(rows): return []")) {
            assertThatThrownBy(() -> own.predict(List.of("x"), List.<Object[]>of(new Object[] {1.0})))
                    .hasMessageContaining("answers 0 rows when asked for 1");
        }
        try (PythonModel own = again("import os, sys\ndef predict(rows): sys.stderr.write('bye'); os._exit(3)")) {
            assertThatThrownBy(() -> own.predict(List.of("x"), List.<Object[]>of(new Object[] {1.0})))
                    .hasMessageContaining("has ended (it said: bye)");
        }
    }

    private PythonModel again(String text) throws IOException {
        work = Files.createTempDirectory(folder, "work");
        return module(text);
    }

    /** Both models run, each by its own lock file, and nothing is left. */
    @Test
    void shouldRunCandidateAndChampionInTheirEnvironments() throws Exception {
        Files.copy(LOCK, folder.resolve("requirements.lock"));
        Files.writeString(folder.resolve("rows.csv"), "id,y,x\n1,0,0.2\n2,1,0.7\n");
        Files.writeString(model.resolve("predict.py"), "def predict(rows): return [row['x'] for row in rows]");
        Path scored;
        try (GateModels models = new GateModels(folder, Map.of(), Optional.empty());
                ModelRuns runs = new ModelRuns(folder, models, Map.of(), line -> {})) {
            RowScoring scoring = runs.scoring(
                    "rows.csv",
                    new Side("the candidate", "model", Runner.PYTHON, "requirements.lock"),
                    new Side("the champion", "model", Runner.PYTHON, "none.lock"));
            scored = Path.of(scoring.candidate(PredictionColumns.standard()));
            assertThat(scored)
                    .content()
                    .isEqualTo("\"id\",\"y\",\"x\",score\n\"1\",\"0\",\"0.2\",0.2\n\"2\",\"1\",\"0.7\",0.7\n");
            assertThatThrownBy(() -> scoring.champion(PredictionColumns.standard()))
                    .hasMessageContaining("the lock file none.lock does not exist");
        }
        assertThat(scored).doesNotExist();
    }
}
