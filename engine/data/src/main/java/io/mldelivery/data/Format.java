package io.mldelivery.data;

import java.util.Locale;
import java.util.Optional;

/** How a file is written; known from its name. */
enum Format {
    CSV,
    TSV,
    JSON_LINES,
    PARQUET;

    static Optional<Format> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv", "txt" -> Optional.of(CSV);
            case "tsv", "tab" -> Optional.of(TSV);
            case "jsonl", "ndjson", "json" -> Optional.of(JSON_LINES);
            case "parquet", "parq", "pq" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }
}
