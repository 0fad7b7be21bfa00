package io.mldelivery.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.digest.Sha256;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real tools, on a network with two layers. */
class ModelOptimizerTest {
    private static final Path FILES = Path.of("src/test/resources/io/mldelivery/training/optimize");
    private static final Path MODEL = FILES.resolve("mlp");
    private static final Path LOCK = FILES.resolve("onnx.lock");

    @TempDir
    Path folder;

    private Path output;

    @BeforeEach
    void nameOutput() {
        output = folder.resolve("build/optimized");
    }

    private OptimizedModel optimize(OptimizationMethod method, Optional<Path> calibration) throws Exception {
        return optimize(new Optimization(method, MODEL, output, MODEL.resolve("golden.json"), calibration, LOCK));
    }

    private OptimizedModel optimize(Optimization wanted) throws Exception {
        Path scratch = Files.createTempDirectory(folder, "scratch");
        try {
            return new ModelOptimizer(Map.of(), line -> {}).optimize(wanted, scratch);
        } catch (DeliveryException e) {
            boolean noNetwork = e.code() == DeliveryException.Code.ENVIRONMENT && !"true".equals(System.getenv("CI"));
            Assumptions.assumeFalse(noNetwork, "no Python environment here: " + e.what());
            throw e;
        }
    }

    private JsonNode golden() throws IOException {
        return new ObjectMapper().readTree(output.resolve("golden.json").toFile());
    }

    @Test
    void shouldMakeWeightsSmallerAndMeasureBoth() throws Exception {
        OptimizedModel model = optimize(OptimizationMethod.DYNAMIC, Optional.empty());

        assertThat(model.after().bytes()).isLessThan(model.before().bytes() * 6 / 10);
        assertThat(model.after().bytes()).isEqualTo(Files.size(output.resolve("model.onnx")));
        assertThat(model.after().sha256()).isEqualTo(Sha256.of(output.resolve("model.onnx")));
        assertThat(model.before().p50Ms()).isPositive();
        assertThat(model.before().p99Ms()).isGreaterThanOrEqualTo(model.before().p50Ms());
        assertThat(model.quantizedNodes()).isEqualTo(2);
        assertThat(model.rows()).isEqualTo(20);
        assertThat(model.largestDifference()).isBetween(1e-6, 0.05);
        assertThat(model.onnxruntime()).isEqualTo("1.31.1");
    }

    @Test
    void shouldWriteGoldenRowsThatTheNewModelReproduces() throws Exception {
        optimize(OptimizationMethod.DYNAMIC, Optional.empty());

        JsonNode before =
                new ObjectMapper().readTree(MODEL.resolve("golden.json").toFile());
        assertThat(golden().get("inputs")).isEqualTo(before.get("inputs"));
        assertThat(golden().get("tolerance")).isEqualTo(before.get("tolerance"));
        assertThat(golden().get("outputs").get("probabilities"))
                .isNotEqualTo(before.get("outputs").get("probabilities"));
    }

    @Test
    void shouldKeepTheNumbersWhenOnlyTheGraphChanges() throws Exception {
        OptimizedModel model = optimize(OptimizationMethod.GRAPH, Optional.empty());

        assertThat(model.largestDifference()).isLessThan(1e-6);
        assertThat(model.changedLabels()).isZero();
        assertThat(model.nodes()).isLessThan(7);
        assertThat(model.quantizedNodes()).isZero();
    }

    @Test
    void shouldSayThatThereIsNothingToQuantizeInTrees() throws Exception {
        Path trees = FILES.resolve("trees");

        OptimizedModel model = optimize(new Optimization(
                OptimizationMethod.DYNAMIC, trees, output, trees.resolve("golden.json"), Optional.empty(), LOCK));

        assertThat(model.quantizedNodes()).isZero();
        assertThat(model.largestDifference()).isZero();
    }

    @Test
    void shouldLearnRangesFromCalibrationRows() throws Exception {
        OptimizedModel model = optimize(OptimizationMethod.STATIC, Optional.of(MODEL.resolve("golden.json")));

        assertThat(model.quantizedNodes()).isGreaterThan(2);
        assertThat(model.after().bytes()).isLessThan(model.before().bytes());
    }

    @Test
    void shouldSayWhatDoesNotFitAndLeaveNothing() throws Exception {
        Path rows = Files.writeString(folder.resolve("rows.json"), "{\"inputs\": [[1, 2]]}");

        assertThatThrownBy(() -> optimize(
                        new Optimization(OptimizationMethod.DYNAMIC, MODEL, output, rows, Optional.empty(), LOCK)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the model cannot be optimised")
                .hasMessageContaining("Got invalid dimensions");
        assertThat(output).doesNotExist();
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> optimize(OptimizationMethod.STATIC, Optional.empty()))
                .hasMessageContaining("static quantization needs calibration rows");
        assertThatThrownBy(() -> optimize(new Optimization(
                        OptimizationMethod.GRAPH,
                        folder,
                        output,
                        MODEL.resolve("golden.json"),
                        Optional.empty(),
                        LOCK)))
                .hasMessageContaining("there is no file " + folder.resolve("model.onnx"));
        assertThatThrownBy(() -> OptimizationMethod.of("dynamik"))
                .hasMessageContaining("the method 'dynamik' is unknown")
                .hasMessageContaining("did you mean dynamic?");
        Files.createDirectories(output);
        assertThatThrownBy(() -> optimize(OptimizationMethod.GRAPH, Optional.empty()))
                .hasMessageContaining("exists already");
    }
}
