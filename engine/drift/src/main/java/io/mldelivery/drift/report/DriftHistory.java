package io.mldelivery.drift.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.drift.verdict.RunMonitor;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The checks before this one, the oldest first: what the report draws over time, and where the monitoring over builds
 * goes on. As a file one JSON object a line.
 */
public record DriftHistory(List<Check> checks) {
    /** No check was made before. */
    public static final DriftHistory NONE = new DriftHistory(List.of());

    private static final int MOST = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One check.
     *
     * @param name of the build or point in time
     * @param performance the model's quality, measured where labels were known, else estimated
     */
    public record Check(
            String name,
            Outcome outcome,
            int columns,
            int drifted,
            OptionalDouble performance,
            Optional<RunMonitor> monitoring) {}

    public DriftHistory {
        checks = List.copyOf(checks.subList(Math.max(0, checks.size() - MOST), checks.size()));
    }

    /** Where the monitoring stood after the last check that had one. */
    public Optional<RunMonitor> monitoring() {
        for (int i = checks.size() - 1; i >= 0; i--) {
            if (checks.get(i).monitoring().isPresent()) {
                return checks.get(i).monitoring();
            }
        }
        return Optional.empty();
    }

    /** The same with one more check. */
    public DriftHistory and(String name, DriftVerdict verdict) {
        List<Check> more = new ArrayList<>(checks);
        OptionalDouble performance = verdict.findings().performance().stream()
                .mapToDouble(found -> found.current())
                .findFirst();
        int judged = (int) verdict.columns().stream()
                .filter(column -> column.outcome().isPresent())
                .count();
        more.add(new Check(
                name, verdict.outcome(), judged, verdict.drifted().size(), performance, verdict.monitoring()));
        return new DriftHistory(more);
    }

    /** Reads a history; one that does not exist is empty. */
    public static DriftHistory read(Path file) {
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.DATA,
                    file + ": cannot be read: " + e.getMessage(),
                    "Make the file readable, or name another.",
                    e);
        }
    }

    /** Reads the lines of a history; {@code source} is its name for messages. */
    public static DriftHistory parse(String source, List<String> lines) {
        List<Check> checks = new ArrayList<>();
        lines.forEach(line -> checks.add(check(source, checks.size() + 1, line)));
        return new DriftHistory(checks);
    }

    /** The line for a check that a document of {@link DriftJson} describes. */
    public static String line(String name, JsonNode document) {
        ObjectNode node = JSON.createObjectNode()
                .put("name", name)
                .put("outcome", document.required("outcome").asText());
        int judged = 0;
        int drifted = 0;
        for (JsonNode column : document.required("columns")) {
            judged += column.has("outcome") ? 1 : 0;
            drifted += column.path("drifted").asBoolean() ? 1 : 0;
        }
        node.put("columns", judged).put("drifted", drifted);
        if (document.path("performance").has(0)) {
            node.set("performance", document.at("/performance/0/current"));
        }
        if (document.has("monitoring")) {
            node.set("monitoring", document.get("monitoring"));
        }
        return node.toString();
    }

    private static Check check(String file, int number, String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return new Check(
                    node.required("name").asText(),
                    Outcome.valueOf(node.required("outcome").asText()),
                    node.required("columns").asInt(),
                    node.required("drifted").asInt(),
                    node.has("performance")
                            ? OptionalDouble.of(node.get("performance").asDouble())
                            : OptionalDouble.empty(),
                    Optional.ofNullable(node.get("monitoring")).map(DriftHistory::monitor));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new DeliveryException(
                    Code.DATA, file + ":" + number + ": not a drift check", "Restore or remove the file.", e);
        }
    }

    /** Reads what {@code monitoring} holds in a document. */
    public static RunMonitor monitor(JsonNode node) {
        return new RunMonitor(
                node.required("statistic").asDouble(),
                node.required("limit").asDouble(),
                node.required("checks").asLong(),
                node.required("pValue").asDouble());
    }

    /** Writes the history over the one that was there. */
    public void write(Path file) {
        var text = new StringBuilder();
        for (Check check : checks) {
            ObjectNode node = JSON.createObjectNode()
                    .put("name", check.name())
                    .put("outcome", check.outcome().name())
                    .put("columns", check.columns())
                    .put("drifted", check.drifted());
            check.performance().ifPresent(value -> node.put("performance", value));
            check.monitoring().ifPresent(monitor -> node.set("monitoring", FindingsJson.monitoring(monitor)));
            text.append(node).append('\n');
        }
        AtomicFile.write(file, text.toString());
    }
}
