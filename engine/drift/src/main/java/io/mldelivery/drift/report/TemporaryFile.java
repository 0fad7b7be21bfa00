package io.mldelivery.drift.report;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A file that is gone when its use ends. */
public final class TemporaryFile {
    private TemporaryFile() {}

    /** Uses a file of this name that does not exist yet, in a folder of its own. */
    public static <T> T with(String name, Function<Path, T> use) {
        try {
            Path folder = Files.createTempDirectory("mldelivery");
            Path file = folder.resolve(name);
            try {
                return use.apply(file);
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
