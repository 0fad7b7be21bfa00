package io.mldelivery.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong before Spark starts. */
class DriftOnSparkTest {
    private static final String[] WRONG = {"drift", "--reference", "r", "--current", "c", "--policy", "none.yaml"};

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return DriftOnSpark.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void shouldPrintAProblemInTwoLines() {
        assertThat(run(WRONG)).isEqualTo(64);
        assertThat(err.toString()).startsWith("mldelivery: none.yaml").contains("\n");
    }

    @Test
    void shouldLeaveItToWhoSubmittedToTellTheProblem() throws IOException {
        Path outcome = folder.resolve("outcome");
        String[] arguments = Arrays.copyOf(WRONG, WRONG.length + 2);
        arguments[WRONG.length] = "--outcome";
        arguments[WRONG.length + 1] = outcome.toString();

        assertThat(run(arguments)).isEqualTo(64);

        JsonNode problem = new ObjectMapper().readTree(outcome.toFile());
        assertThat(problem.get("code").asText()).isEqualTo("CONFIG");
        assertThat(problem.get("what").asText()).startsWith("none.yaml");
        assertThat(err.toString()).isEmpty();
    }
}
