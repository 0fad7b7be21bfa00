package io.mldelivery.registry;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A model's folder on this machine, where an MLflow server without an artifact proxy keeps it. */
final class LocalFolder {
    private final Path folder;

    LocalFolder(Path folder) {
        this.folder = folder;
    }

    /** Copies all below it; links are not followed. */
    void copy(Path target) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .toList();
            for (Path file : files) {
                Path copy = target.resolve(folder.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot copy " + folder + " to " + target + ": " + e.getMessage(),
                    "Check free disk space and permissions, then run again.",
                    e);
        }
    }
}
