package io.mldelivery.gate.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.python.PythonEnvironment;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model in the Python environment that trained it, as a child of this process: it ends when its input does, which
 * happens even when this process is killed. Not for use by several threads.
 */
public final class PythonModel implements Predictor {
    private static final String SCRIPT = "run_model.py";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(10);

    /** All that the model inherits: no secret of the build comes along. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;
    private final Path log;
    private final String label;

    private PythonModel(Process process, Path log, String label) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
        this.label = label;
    }

    /**
     * Starts Python and waits until the model is loaded.
     *
     * @param model the model's folder
     * @param work where the script and its log go
     * @param label what messages call the model
     */
    public static PythonModel start(PythonEnvironment python, Path model, Path work, String label) {
        PythonModel started = new PythonModel(launch(python, model, work), work.resolve("model.log"), label);
        try {
            started.answer(START);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Process launch(PythonEnvironment python, Path model, Path work) {
        try (InputStream script = PythonModel.class.getResourceAsStream(SCRIPT)) {
            Path file = work.resolve(SCRIPT);
            Files.copy(script, file);
            ProcessBuilder builder = new ProcessBuilder(
                            python.python().toString(),
                            "-I",
                            "-B",
                            "-u",
                            file.toString(),
                            model.toAbsolutePath().toString())
                    .redirectError(work.resolve("model.log").toFile());
            builder.environment().keySet().retainAll(INHERITED);
            // From 1.29 ONNX Runtime reports to its maker unless told not to.
            builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
            return builder.start();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot start " + python.python() + ": " + e.getMessage(),
                    "Free disk space, and check that the folder may run programs.",
                    e);
        }
    }

    @Override
    public List<double[]> predict(List<String> columns, List<Object[]> rows) {
        try {
            requests.write(request(columns, rows).toString());
            requests.newLine();
            requests.flush();
        } catch (IOException e) {
            throw problem("has ended" + LastWords.in(log));
        }
        List<double[]> outputs = new ArrayList<>();
        answer(ANSWER).path("outputs").forEach(row -> outputs.add(numbers(row)));
        if (outputs.size() != rows.size()) {
            throw problem("answers " + outputs.size() + " rows when asked for " + rows.size());
        }
        return outputs;
    }

    private static ObjectNode request(List<String> columns, List<Object[]> rows) {
        ObjectNode request = JSON.createObjectNode();
        columns.forEach(request.putArray("columns")::add);
        ArrayNode table = request.putArray("rows");
        for (Object[] row : rows) {
            ArrayNode line = table.addArray();
            for (Object value : row) {
                line.addPOJO(value);
            }
        }
        return request;
    }

    private static double[] numbers(JsonNode row) {
        double[] numbers = new double[row.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = row.get(i).asDouble();
        }
        return numbers;
    }

    private JsonNode answer(Duration limit) {
        String line = line(limit);
        if (line == null) {
            throw problem("has ended" + LastWords.in(log));
        }
        try {
            JsonNode answer = JSON.readTree(line);
            if (answer.has("error")) {
                throw problem("cannot be run in the environment of its training: "
                        + answer.get("error").asText());
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw problem("answers with no JSON: " + line);
        }
    }

    private String line(Duration limit) {
        try {
            return CompletableFuture.supplyAsync(this::read).get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw problem("cannot be read: " + e.getCause().getMessage() + LastWords.in(log));
        } catch (TimeoutException e) {
            throw problem("does not answer within " + limit.toMinutes() + " minutes" + LastWords.in(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("was not waited for: the build was interrupted");
        }
    }

    private String read() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeliveryException problem(String what) {
        return new DeliveryException(
                Code.TRAINING, label + " " + what, "Check that the model, its lock file and the rows' features fit.");
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // its input was closed before: it has ended, or is ended now
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
