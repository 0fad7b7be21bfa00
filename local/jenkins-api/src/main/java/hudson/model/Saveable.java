package hudson.model;

import java.io.IOException;

/** Knows how to write itself to disk. */
public interface Saveable {
    void save() throws IOException;

    /** Saves nothing. */
    Saveable NOOP = () -> {};
}
