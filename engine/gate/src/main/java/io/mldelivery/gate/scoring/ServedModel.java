package io.mldelivery.gate.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A model in the model server (serving-image), which runs as a child of this process and ends with it. */
public final class ServedModel implements Predictor {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ServingChild child;
    private final String label;

    private ServedModel(ServingChild child, String label) {
        this.child = child;
        this.label = label;
    }

    /**
     * Starts the server and waits until it may be asked.
     *
     * @param jar the model server
     * @param model the model's folder
     * @param work where its log goes
     * @param label what messages call the model
     */
    public static ServedModel start(Path jar, Path model, Path work, String label) {
        ServingChild child = ServingChild.start(jar, model, work, label);
        ServedModel served = new ServedModel(child, label);
        try {
            served.awaitReady();
            return served;
        } catch (RuntimeException e) {
            child.stop();
            throw e;
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            HttpResponse<String> answer =
                    send(to(child.managementPort(), "/health/ready").GET().build());
            if (answer.statusCode() == 200) {
                return;
            }
            JsonNode state = tree(answer.body());
            if (state.path("status").asText().equals("failed") || System.nanoTime() > deadline) {
                throw problem("is not ready: "
                        + state.path("models").path(0).path("reason").asText(answer.body()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static DeliveryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DeliveryException(Code.SERVING, "interrupted while a model was run", "Start the build again.", e);
    }

    private static HttpRequest.Builder to(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.SERVING,
                    label + " does not answer: " + e.getMessage() + child.lastWords(),
                    "Look into the model server's last words.",
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private DeliveryException problem(String what) {
        return new DeliveryException(
                Code.SERVING, label + " " + what, "Check that the model and the rows' features fit.");
    }

    private JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw problem("answers with no JSON: " + body.lines().findFirst().orElse(""));
        }
    }

    @Override
    public List<double[]> predict(List<String> columns, List<Object[]> rows) {
        HttpRequest request = to(child.port(), "/predictions/model")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(columns, rows).toString()))
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            JsonNode error = tree(answer.body());
            throw problem("answers " + answer.statusCode() + ": "
                    + error.path("message").asText(answer.body()));
        }
        List<double[]> values = values(tree(answer.body()).path("predictions"));
        if (values.size() != rows.size()) {
            throw problem("answers " + values.size() + " rows when asked for " + rows.size());
        }
        return values;
    }

    private static ObjectNode body(List<String> columns, List<Object[]> rows) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode split = body.putObject("dataframe_split");
        columns.forEach(split.putArray("columns")::add);
        ArrayNode data = split.putArray("data");
        for (Object[] row : rows) {
            ArrayNode line = data.addArray();
            for (Object value : row) {
                line.addPOJO(value);
            }
        }
        return body;
    }

    /** One output is a list of rows; of several outputs the one with a list a row, the probabilities, is taken. */
    private List<double[]> values(JsonNode predictions) {
        JsonNode rows = predictions;
        if (predictions.path(0).has("key")) {
            for (JsonNode output : predictions) {
                if (rows == predictions || output.path("value").path(0).isArray()) {
                    rows = output.path("value");
                }
            }
        }
        List<double[]> values = new ArrayList<>();
        for (JsonNode row : rows) {
            values.add(numbers(row));
        }
        return values;
    }

    private double[] numbers(JsonNode row) {
        JsonNode flat = row.path(0).isArray() ? row.get(0) : row;
        double[] numbers = new double[flat.isArray() ? flat.size() : 1];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = flat.isArray() ? flat.get(i) : flat;
            if (!number.isNumber()) {
                throw problem("answers '" + number.asText() + "' where a number was expected");
            }
            numbers[i] = number.asDouble();
        }
        return numbers;
    }

    @Override
    public void close() {
        child.stop();
    }
}
