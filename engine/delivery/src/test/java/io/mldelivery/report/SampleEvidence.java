package io.mldelivery.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.evidence.EvidenceLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Evidence of builds that tests show: each event in the resource is a list of seconds, type and data. */
public final class SampleEvidence {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

    private SampleEvidence() {}

    /** Writes the named build's events to this file. */
    public static EvidenceLog write(String name, Path file) throws IOException {
        for (JsonNode event : events(name)) {
            Instant at = START.plusMillis(Math.round(event.get(0).asDouble() * 1000));
            new EvidenceLog(file, Clock.fixed(at, ZoneOffset.UTC))
                    .append(event.get(1).asText(), event.get(2));
        }
        return EvidenceLog.at(file);
    }

    private static JsonNode events(String name) throws IOException {
        try (InputStream in = SampleEvidence.class.getResourceAsStream(name + ".json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
