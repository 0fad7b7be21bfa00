package io.mldelivery.python;

import java.nio.file.Path;

/**
 * A Python environment that is ready for use.
 *
 * @param folder the virtual environment
 * @param digest SHA-256 (hex) of the lock file's content, the Python version and the platform
 * @param pythonVersion such as {@code 3.11.7}
 * @param created whether it was made just now rather than found
 */
public record PythonEnvironment(Path folder, String digest, String pythonVersion, boolean created) {
    /** Returns the interpreter that sees the environment's packages. */
    public Path python() {
        return folder.resolve("bin/python");
    }
}
