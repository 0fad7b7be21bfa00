package io.jenkins.plugins.mldelivery.registry;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildServingImage} returns to the Pipeline script: a version as an image. Immutable; JDK classes only. */
public final class ServingImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String version;
    private final String modelDigest;
    private final String image;
    private final String digest;
    private final LinkedHashMap<String, String> architectures;

    ServingImage(
            String name,
            String version,
            String modelDigest,
            String image,
            String digest,
            Map<String, String> architectures) {
        this.name = name;
        this.version = version;
        this.modelDigest = modelDigest;
        this.image = image;
        this.digest = digest;
        this.architectures = new LinkedHashMap<>(architectures);
    }

    /** The registered model's name. */
    @Whitelisted
    public String getName() {
        return name;
    }

    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** SHA-256 (hex) over the model's files, as registerModel tells it. */
    @Whitelisted
    public String getModelDigest() {
        return modelDigest;
    }

    /** The image reference, or {@code tar:///file}. */
    @Whitelisted
    public String getImage() {
        return image;
    }

    /** {@code sha256:…} of the image, or of the index when it is for several architectures. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** Digests by architecture. */
    @Whitelisted
    public Map<String, String> getArchitectures() {
        return new LinkedHashMap<>(architectures);
    }

    /** The image by its digest where it was pushed: what to deploy. */
    @Whitelisted
    @Override
    public String toString() {
        if (image.startsWith("tar:")) {
            return image;
        }
        int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
        return (tag < 0 ? image : image.substring(0, tag)) + "@" + digest;
    }
}
