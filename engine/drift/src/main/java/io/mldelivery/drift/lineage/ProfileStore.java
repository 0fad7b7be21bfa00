package io.mldelivery.drift.lineage;

import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.TemporaryFolder;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Artifact;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keeps the profile of what a model was trained on among the artifacts of its training run. */
public final class ProfileStore {
    /** Where the profile lies among a run's artifacts. */
    public static final String FOLDER = "drift";

    private static final String FILE = FOLDER + "/reference.profile";

    private final Mlflow mlflow;

    public ProfileStore(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    /** Whether a reference names a registered version rather than a file. */
    public static boolean isVersion(String reference) {
        return reference.startsWith("models:/");
    }

    /** Stores a profile with the run, over the one it had. */
    public void store(String runId, Profile profile) {
        TemporaryFolder.with(folder -> {
            Path file = folder.resolve("reference.profile");
            AtomicFile.write(file, ProfileFile.write(profile));
            mlflow.artifacts().upload(runId, FILE, file);
            return profile;
        });
    }

    /** The profile of what {@code models:/name@alias} or {@code models:/name/3} was trained on. */
    public Profile of(String version) {
        Optional<RegisteredVersion> found = mlflow.models().resolve(version);
        String run = found.map(RegisteredVersion::runId)
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> missing(
                        version, found.isEmpty() ? "there is no such version" : "the version names no training run"));
        List<Artifact> files = mlflow.artifacts().list(run, FOLDER);
        if (files.stream().noneMatch(file -> file.path().equals(FILE))) {
            throw missing(version, "its training run " + run + " has no profile " + FILE);
        }
        return TemporaryFolder.with(folder -> {
            Path file = folder.resolve("reference.profile");
            mlflow.artifacts().download(run, FILE, file);
            return ProfileFile.read(version, file);
        });
    }

    private static DeliveryException missing(String version, String why) {
        return new DeliveryException(
                Code.DATA,
                version + ": " + why,
                "Store a profile with the training run (step driftProfile), or name a file as reference.");
    }
}
