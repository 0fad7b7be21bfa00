package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.retraining.local.LocalTrigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the triggers that {@code serve} and {@code run} take with {@code --triggers}. */
final class TriggersFile {
    private TriggersFile() {}

    static List<LocalTrigger> read(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return LocalTrigger.parse(file.toString(), Files.readString(file), folder);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG, "cannot read " + file + ": " + e.getMessage(), "Name a file of triggers.", e);
        }
    }
}
