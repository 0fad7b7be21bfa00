package io.mldelivery.gate.waiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.gate.file.ReportFile;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A job's waivers on disk. Safe between threads; a write is whole or not there. */
public final class WaiverFile {
    /** The usual name, in the job's folder. */
    public static final String NAME = "gate-waivers.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Object IN_PROCESS = new Object();

    private final Path file;

    public WaiverFile(Path file) {
        this.file = file;
    }

    /** All waivers, expired ones too, oldest first. A damaged file is an error (code DATA). */
    public List<Waiver> all() {
        return parse(file.toString(), text());
    }

    /** The file's content; empty when there is none yet. */
    public String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot read " + file + ": " + e.getMessage(), "Make the file readable.", e);
        }
    }

    /**
     * The waivers in a file's content.
     *
     * @param source what messages call the file
     */
    public static List<Waiver> parse(String source, String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            List<Waiver> waivers = new ArrayList<>();
            JSON.readTree(text).path("waivers").forEach(node -> waivers.add(waiver(node)));
            return List.copyOf(waivers);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new DeliveryException(
                    Code.DATA,
                    source + ": the waivers are damaged: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    "Restore the file from a backup, or remove it.",
                    e);
        }
    }

    private static Waiver waiver(JsonNode node) {
        return new Waiver(
                node.path("rule").asText(),
                node.path("version").asText(),
                node.path("reason").asText(),
                node.path("by").asText(),
                Instant.parse(node.path("at").asText()),
                Instant.parse(node.path("until").asText()));
    }

    /** Writes an empty file unless there is one. */
    public void create() {
        synchronized (IN_PROCESS) {
            if (!Files.exists(file)) {
                write(List.of());
            }
        }
    }

    /** Adds a waiver, in the place of an earlier one for the same rule and version. */
    public void add(Waiver waiver) {
        synchronized (IN_PROCESS) {
            List<Waiver> kept = others(waiver.rule(), waiver.version());
            kept.add(waiver);
            write(kept);
        }
    }

    /** Takes a waiver back; false when there is none. */
    public boolean revoke(String rule, String version) {
        synchronized (IN_PROCESS) {
            List<Waiver> kept = others(rule, version);
            boolean found = kept.size() < all().size();
            write(kept);
            return found;
        }
    }

    private List<Waiver> others(String rule, String version) {
        return new ArrayList<>(all().stream()
                .filter(known -> !known.rule().equals(rule) || !known.version().equals(version))
                .toList());
    }

    private void write(List<Waiver> waivers) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", 1);
        var array = root.putArray("waivers");
        waivers.forEach(waiver ->
                array.add(GateJson.of(waiver).put("rule", waiver.rule()).put("version", waiver.version())));
        ReportFile.write(file, root.toString());
    }
}
