package io.mldelivery.drift.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a submitted program ended, in a file: spark-submit's own exit code tells a verdict from Spark's failures in vain. */
public final class SubmittedOutcome {
    /** The program's argument that names the file. */
    public static final String OPTION = "--outcome";

    private SubmittedOutcome() {}

    /** The program had an answer; {@code exitCode} is that of its verdict. */
    public static void write(Path file, int exitCode) {
        AtomicFile.write(file, JsonNodeFactory.instance.objectNode().put("exitCode", exitCode) + "\n");
    }

    /** The program met a problem. */
    public static void write(Path file, DeliveryException problem) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", problem.code().name());
        node.put("what", problem.what());
        node.put("advice", problem.advice());
        AtomicFile.write(file, node + "\n");
    }

    /**
     * The exit code.
     *
     * @throws DeliveryException the problem that the program met
     */
    static int read(Path file) throws IOException {
        JsonNode node = new ObjectMapper().readTree(Files.readAllBytes(file));
        if (node.has("exitCode")) {
            return node.get("exitCode").asInt();
        }
        throw new DeliveryException(
                Code.valueOf(node.path("code").asText()),
                node.path("what").asText(),
                node.path("advice").asText());
    }
}
