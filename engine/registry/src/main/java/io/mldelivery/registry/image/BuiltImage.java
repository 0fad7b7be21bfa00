package io.mldelivery.registry.image;

import io.mldelivery.registry.RegisteredVersion;
import java.util.Map;

/**
 * An image that was made.
 *
 * @param image where it is: the image reference or {@code tar:///file}
 * @param digest {@code sha256:…} of the image, or of the index when it is for several architectures
 * @param architectures digests by architecture
 * @param modelDigest SHA-256 (hex) of the model's files, as {@link io.mldelivery.registry.ModelDigest} defines it
 */
public record BuiltImage(
        RegisteredVersion model, String image, String digest, Map<String, String> architectures, String modelDigest) {
    public BuiltImage {
        architectures = Map.copyOf(architectures);
    }
}
