package io.mldelivery.training.optimize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.digest.Sha256;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.CommandLine;
import io.mldelivery.python.PythonEnvironment;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.training.optimize.OptimizedModel.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Optimises ONNX models with ONNX Runtime's own Python tools in the environment that trained them, and measures both.
 * Whether the result is good enough is not decided here but by a gate. The output folder appears whole or not at all.
 */
public final class ModelOptimizer {
    private static final int OLDEST_PYTHON = 10;
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final Consumer<String> log;

    /**
     * @param environment for Python; {@code MLDELIVERY_HOME} says where environments are kept
     * @param log receives a line for what takes time
     */
    public ModelOptimizer(Map<String, String> environment, Consumer<String> log) {
        this.environment = new TreeMap<>(environment);
        this.environment.put("ORT_DISABLE_TELEMETRY", "1");
        this.log = log;
    }

    /**
     * Makes the output folder: the optimised model, the model folder's other files, and golden rows computed anew.
     *
     * @param scratch an empty folder, which the caller removes
     */
    public OptimizedModel optimize(Optimization wanted, Path scratch) throws IOException, InterruptedException {
        check(wanted);
        PythonEnvironment python = new PythonEnvironments(
                        PythonEnvironments.defaultCache(environment), environment, log)
                .prepare(
                        wanted.environment().getFileName().toString(),
                        Files.readString(wanted.environment()),
                        OLDEST_PYTHON);
        Path made = scratch.resolve("optimized");
        CommandLine.Result result = run(wanted, python, scratch, made);
        JsonNode facts = facts(result);
        OptimizedModel model = new OptimizedModel(
                measured(wanted.model(), facts.path("before")),
                measured(made, facts.path("after")),
                facts.path("nodes").asInt(),
                facts.path("quantizedNodes").asInt(),
                facts.path("largestDifference").asDouble(),
                facts.path("changedLabels").asInt(),
                facts.path("rows").asInt(),
                facts.path("onnxruntime").asText(),
                python.digest());
        publish(made, wanted.output());
        return model;
    }

    private static void check(Optimization wanted) {
        need(wanted.model().resolve("model.onnx"), "Give model: a folder with a model.onnx.");
        need(wanted.rows(), "Give rows: the model's golden.json, or a JSON file with inputs.");
        need(wanted.environment(), "Give environment: the lock file of the training.");
        if (wanted.method() == OptimizationMethod.STATIC && wanted.calibration().isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "static quantization needs calibration rows",
                    "Give calibration: a JSON file with inputs as they come in production, or use method: 'dynamic'.");
        }
        wanted.calibration()
                .ifPresent(file -> need(file, "Give calibration: a JSON file with inputs as they come in production."));
        if (Files.exists(wanted.output())) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the output " + wanted.output() + " exists already",
                    "Give another output, or remove it.");
        }
    }

    private static void need(Path file, String advice) {
        if (!Files.isRegularFile(file)) {
            throw new DeliveryException(Code.DATA, "there is no file " + file, advice);
        }
    }

    private CommandLine.Result run(Optimization wanted, PythonEnvironment python, Path scratch, Path made)
            throws IOException, InterruptedException {
        Path script = scratch.resolve("optimize.py");
        try (InputStream content = ModelOptimizer.class.getResourceAsStream("optimize.py")) {
            Files.copy(content, script);
        }
        Path order = scratch.resolve("order.json");
        Map<String, String> words = new TreeMap<>();
        words.put("method", wanted.method().word());
        words.put("model", wanted.model().toAbsolutePath().toString());
        words.put("output", made.toAbsolutePath().toString());
        words.put("rows", wanted.rows().toAbsolutePath().toString());
        words.put(
                "calibration",
                wanted.calibration()
                        .map(file -> file.toAbsolutePath().toString())
                        .orElse(""));
        Files.write(order, JSON.writeValueAsBytes(words));
        List<String> command = List.of(python.python().toString(), "-I", script.toString(), order.toString());
        return CommandLine.run(command, environment, scratch.resolve("output"), LIMIT);
    }

    private static JsonNode facts(CommandLine.Result result) {
        List<String> lines =
                result.output().lines().filter(line -> !line.isBlank()).toList();
        String last = lines.isEmpty() ? "nothing was printed" : lines.get(lines.size() - 1);
        if (!result.succeeded()) {
            throw new DeliveryException(
                    Code.TRAINING,
                    "the model cannot be optimised: " + last,
                    "Check that the environment pins onnx, onnxruntime and numpy, and that rows fit the model's inputs.");
        }
        try {
            return JSON.readTree(last);
        } catch (JsonProcessingException e) {
            throw new DeliveryException(
                    Code.TRAINING, "the optimisation ended without a result: " + last, "Run it again.", e);
        }
    }

    private static Measured measured(Path folder, JsonNode facts) throws IOException {
        return new Measured(
                Sha256.of(folder.resolve("model.onnx")),
                facts.path("bytes").asLong(),
                facts.path("p50Ms").asDouble(),
                facts.path("p99Ms").asDouble());
    }

    /** Copies beside the target first: the scratch folder may be on another disk. */
    private static void publish(Path made, Path output) throws IOException {
        Path parent = Files.createDirectories(output.toAbsolutePath().getParent());
        Path incoming = Files.createTempDirectory(parent, ".optimized");
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(
                        file, incoming.resolve(made.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(incoming, output, StandardCopyOption.ATOMIC_MOVE);
    }
}
