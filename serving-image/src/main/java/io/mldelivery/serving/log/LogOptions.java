package io.mldelivery.serving.log;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where and what to log: the folder, the share of requests from 0 to 1, columns whose values are left out, and the size
 * in bytes at which a new file is begun.
 */
public record LogOptions(Path folder, double share, Set<String> redacted, long fileBytes) {

    public LogOptions {
        redacted = Set.copyOf(redacted);
    }
}
