package io.mldelivery.drift.report;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when its use ends. */
public final class TemporaryFolder {
    private TemporaryFolder() {}

    /** What is done in the folder; {@code E} is what else it throws. */
    public interface Use<T, E extends Exception> {
        T in(Path folder) throws E;
    }

    /** Uses a new folder of this machine's temporary files. */
    public static <T, E extends Exception> T with(Use<T, E> use) throws E {
        Path folder = create();
        try {
            return use.in(folder);
        } finally {
            delete(folder);
        }
    }

    private static Path create() {
        try {
            return Files.createTempDirectory("mldelivery");
        } catch (IOException e) {
            throw problem("no temporary folder can be made: " + e.getMessage(), "Free disk space in ", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw problem(folder + ": cannot be removed: " + e.getMessage(), "Remove it by hand; it lies in ", e);
        }
    }

    private static DeliveryException problem(String what, String advice, Exception e) {
        return new DeliveryException(Code.ENVIRONMENT, what, advice + System.getProperty("java.io.tmpdir") + ".", e);
    }
}
