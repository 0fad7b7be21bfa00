package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/** A file that is gone when its use ends. */
final class TemporaryFile {
    private TemporaryFile() {}

    /** Runs something with a file of this name that does not exist yet. */
    static int with(String name, ToIntFunction<Path> use) {
        try {
            Path folder = Files.createTempDirectory("mldelivery");
            Path file = folder.resolve(name);
            try {
                return use.applyAsInt(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "no temporary file can be made: " + e.getMessage(),
                    "Free disk space in " + System.getProperty("java.io.tmpdir") + ".",
                    e);
        }
    }
}
