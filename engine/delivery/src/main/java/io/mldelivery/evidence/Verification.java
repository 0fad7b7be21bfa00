package io.mldelivery.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What an unbroken record amounts to. The chain proves that no line before the last one was changed, removed, added
 * or swapped; lines cut off at the end leave no trace in the file, which is what {@link #notice} and {@link #head}
 * are for.
 *
 * @param events all events, in order
 * @param head SHA-256 (hex) of the last line; the build log shows it too, so the two can be compared; 64 zeros when
 *     there is no line
 * @param tornBytes bytes after the last complete line, which a crash in the middle of writing leaves; 0 as a rule
 */
public record Verification(List<EvidenceEvent> events, String head, int tornBytes) {
    /** The event that ends a build's record. */
    public static final String LAST_TYPE = "build.finished";

    public Verification {
        events = List.copyOf(events);
    }

    /** Whether the last event is {@code build.finished}. */
    public boolean finished() {
        return !events.isEmpty() && events.get(events.size() - 1).type().equals(LAST_TYPE);
    }

    /** One sentence when the record may lack its end; empty for a complete record. */
    public Optional<String> notice() {
        if (tornBytes > 0) {
            return Optional.of("The last line is incomplete (" + tornBytes
                    + " bytes): the process that wrote it was stopped, and the event on it is lost.");
        }
        if (!finished()) {
            return Optional.of("The record does not end with " + LAST_TYPE
                    + ": the build is running, was killed, or lines were removed at the end.");
        }
        return Optional.empty();
    }
}
