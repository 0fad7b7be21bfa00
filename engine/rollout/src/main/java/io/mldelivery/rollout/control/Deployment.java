package io.mldelivery.rollout.control;

/**
 * A model version on a target.
 *
 * @param key names its process on the target: the version, or the version with a suffix while two processes of the same
 *     version run side by side
 */
public record Deployment(String model, String version, String key) {
    /** As people write it. */
    public String label() {
        return model + " version " + version;
    }
}
