package io.mldelivery.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One line of {@code evidence.jsonl}.
 *
 * @param sequence the line's number, from 1
 * @param time when it happened, by the clock of the machine that wrote it
 * @param type what happened, such as {@code gate.evaluated}; docs/reference/evidence.md lists the types
 * @param data the facts, in the shape the type prescribes
 * @param previous SHA-256 (hex) of the line before, without its line feed; 64 zeros on the first line
 */
public record EvidenceEvent(long sequence, Instant time, String type, JsonNode data, String previous) {}
