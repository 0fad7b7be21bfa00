package io.mldelivery.registry;

import io.mldelivery.digest.FileDigest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The identity of a model: SHA-256 over the sorted list of its files' digests and paths, as
 * {@link FileDigest#combined} defines it. The bytes are what the server hands out, not what somebody said they are.
 */
public final class ModelDigest {
    private ModelDigest() {}

    /** Fetches the model's folder into {@code scratch} and digests it. */
    public static String of(Artifacts artifacts, String runId, String path, Path scratch) throws IOException {
        artifacts.download(runId, path, scratch);
        return of(scratch);
    }

    /** Digests a model's folder on this machine. */
    public static String of(Path folder) throws IOException {
        return FileDigest.combined(FileDigest.below(folder));
    }
}
