package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.evidence.EvidenceLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private Path file;

    @BeforeEach
    void writeEvidence() {
        file = folder.resolve("evidence.jsonl");
        EvidenceLog.at(file).append("build.started", Map.of("job", "flights"));
        EvidenceLog.at(file).append("build.finished", Map.of("result", "SUCCESS"));
    }

    private int verify(String... arguments) {
        return new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out)).execute(arguments);
    }

    @Test
    void shouldPassACompleteRecordByFileOrFolder() {
        assertThat(verify(file.toString())).isZero();
        assertThat(verify(folder.toString())).isZero();
        assertThat(out.toString()).contains("PASS: 2 events, unchanged and complete.");
    }

    @Test
    void shouldFailAChangedRecord() throws IOException {
        Files.writeString(file, Files.readString(file).replace("flights", "fl1ghts"));

        assertThat(verify(file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL: " + file + ":2: this line does not follow from the line before it.");
    }

    @Test
    void shouldSuspectAnEndThatIsMissing() throws IOException {
        String head = EvidenceLog.at(file).verify().head();
        Files.writeString(file, Files.readAllLines(file).get(0) + "\n");

        assertThat(verify(file.toString())).isEqualTo(2);
        assertThat(verify(file.toString(), "--head", head)).isEqualTo(1);
    }

    @Test
    void shouldPrintOneJsonDocument() {
        assertThat(verify(file.toString(), "--json")).isZero();
        assertThat(out.toString())
                .startsWith("{\"events\":2,\"head\":\"")
                .endsWith("complete.\"}" + System.lineSeparator());
    }

    @Test
    void shouldSayWhenThereIsNothingToRead() {
        assertThat(verify(folder.resolve("none.jsonl").toString())).isEqualTo(3);
        assertThat(out.toString()).contains("none.jsonl: there is no readable file here.");
    }
}
