package io.mldelivery.data;

import java.util.Locale;
import java.util.Optional;

/** How a file is written, or what it asks for; known from its name. */
public enum Format {
    CSV,
    TSV,
    JSON_LINES,
    PARQUET,
    ARROW,
    /** A query of another database. */
    QUERY;

    /** The format of a file with this name; empty when the name does not tell. */
    public static Optional<Format> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        if (name.matches(".*\\.query\\.ya?ml")) {
            return Optional.of(QUERY);
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv", "txt" -> Optional.of(CSV);
            case "tsv", "tab" -> Optional.of(TSV);
            case "jsonl", "ndjson", "json" -> Optional.of(JSON_LINES);
            case "parquet", "parq", "pq" -> Optional.of(PARQUET);
            case "arrow", "arrows", "feather", "ipc" -> Optional.of(ARROW);
            default -> Optional.empty();
        };
    }
}
