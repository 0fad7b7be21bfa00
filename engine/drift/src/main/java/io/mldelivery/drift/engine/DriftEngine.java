package io.mldelivery.drift.engine;

import java.nio.file.Path;
import java.util.Optional;

/** Reads tables and counts what is in them. */
public interface DriftEngine {
    /**
     * Declares the sources of one check; all must exist, none is read yet.
     *
     * @param brokenRows how many rows of a text file may be unreadable; they are left out and counted
     * @throws io.mldelivery.model.DeliveryException when a source does not exist or its format is not known
     */
    DriftData open(long brokenRows, String... sources);

    /** The file on this machine that a source names; empty when it names none. */
    Optional<Path> file(String source);
}
