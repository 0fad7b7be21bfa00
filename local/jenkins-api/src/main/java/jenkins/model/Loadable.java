package jenkins.model;

import java.io.IOException;

/** Knows how to read itself from disk. */
public interface Loadable {
    void load() throws IOException;
}
