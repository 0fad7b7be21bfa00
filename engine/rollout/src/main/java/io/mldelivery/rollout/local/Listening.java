package io.mldelivery.rollout.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the line {@code {"event":"listening",…}} that our processes print once they have their ports. */
final class Listening {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Listening() {}

    /** The line; empty while it is not there. */
    static Optional<JsonNode> in(Path output) {
        return lines(output).stream()
                .filter(line -> line.startsWith("{") && line.endsWith("}") && line.contains("\"listening\""))
                .findFirst()
                .map(Listening::parse);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new DeliveryException(Code.SERVING, "not JSON: " + line, "Check MLDELIVERY_SERVING.", e);
        }
    }

    /** The last line that says something, for messages. */
    static String lastLine(Path output) {
        List<String> lines =
                lines(output).stream().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
    }

    private static List<String> lines(Path output) {
        try {
            return Files.exists(output) ? Files.readString(output).lines().toList() : List.of();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot read " + output + ": " + e.getMessage(), "Make the file readable.", e);
        }
    }
}
