package io.mldelivery.site;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the controller that shall use a site.
 *
 * @param core its version, when known
 * @param plugins versions of the plugins it has or gets from elsewhere, when known; an empty version stands for the newest
 */
public record Controller(Optional<String> core, Optional<Map<String, String>> plugins) {
    /** Nothing is known: only the site itself is checked. */
    public static Controller unknown() {
        return new Controller(Optional.empty(), Optional.empty());
    }

    /** Reads a plugins.txt: one {@code name:version} or {@code name:version:url} a line, comments after #. */
    public static Map<String, String> plugins(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new DeliveryException(
                    Code.CONFIG, "there is no readable file " + file, "Give the plugins.txt of the controller.");
        }
        Map<String, String> plugins = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String entry = line.replaceFirst("(^|\\s)#.*$", "").trim();
            if (!entry.isEmpty()) {
                String[] parts = entry.split(":", 3);
                plugins.put(parts[0], parts.length > 1 && !parts[1].equals("latest") ? parts[1] : "");
            }
        }
        return plugins;
    }
}
