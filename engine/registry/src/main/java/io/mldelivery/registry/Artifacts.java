package io.mldelivery.registry;

import java.nio.file.Path;
import java.util.List;

/** The files of runs, over HTTP through the tracking server's artifact proxy. Safe to use from several threads. */
public interface Artifacts {

    /** Stores a file under this path of the run's artifacts, over what was there; streamed, whatever its size. */
    void upload(String runId, String path, Path file);

    /** Lists one folder, not what lies below it; {@code ""} is the root. An absent folder is empty. */
    List<Artifact> list(String runId, String path);

    /**
     * Fetches a file to {@code target}, or a folder with all below it into {@code target}. Files appear whole or not at
     * all. Fails when there is nothing at this path.
     */
    void download(String runId, String path, Path target);

    /**
     * Fetches the folder at an address as {@link Models#address} returns it: of a run ({@code runs:/}), behind the server
     * ({@code mlflow-artifacts:/}) or on this machine ({@code file:}, a path). Fails at once, with code {@code CONFIG}, when
     * the address is of another kind, such as {@code s3://}.
     */
    void fetch(String address, Path target);
}
