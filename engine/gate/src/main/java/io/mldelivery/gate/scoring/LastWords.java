package io.mldelivery.gate.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a program said last, for messages about its end. */
final class LastWords {
    private LastWords() {}

    /** The last line of a log, in brackets; empty when nothing was said. */
    static String in(Path log) {
        try {
            List<String> lines = Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? ""
                    : " (it said: " + lines.get(lines.size() - 1).strip() + ")";
        } catch (IOException e) {
            return " (and its log cannot be read: " + e.getMessage() + ")";
        }
    }
}
