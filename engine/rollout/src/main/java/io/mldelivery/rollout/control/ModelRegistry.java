package io.mldelivery.rollout.control;

import java.nio.file.Path;
import java.util.Optional;

/** What a rollout needs of the model registry. */
public interface ModelRegistry {
    /** The version that is called champion; empty when none is. */
    Optional<String> champion(String model);

    /** Calls this version champion; empty: no version. Setting what is set changes nothing. */
    void champion(String model, Optional<String> version);

    /** Puts the files of a model version into this folder, which does not exist yet. */
    void fetch(String model, String version, Path folder);
}
