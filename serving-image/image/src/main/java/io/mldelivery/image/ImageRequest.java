package io.mldelivery.image;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What image to make: the server's jar, the jars of further engines, the model with its name and version, the base
 * ({@code scratch}, {@code tar:///file} or an image by its digest), the target (an image reference or
 * {@code tar:///file}), the architectures ({@code amd64}, {@code arm64}) and further labels.
 *
 * @param engines a folder of jars that are put beside the server's; absent for ONNX only
 */
record ImageRequest(
        Path servingJar,
        Optional<Path> engines,
        ModelFiles model,
        String base,
        String target,
        Set<String> architectures,
        Map<String, String> labels) {

    static final Set<String> KNOWN_ARCHITECTURES = Set.of("amd64", "arm64");
    static final String TAR = "tar://";
    private static final Pattern BY_DIGEST = Pattern.compile(".+@sha256:[0-9a-f]{64}");

    ImageRequest {
        architectures = Set.copyOf(architectures);
        labels = new TreeMap<>(labels);
        if (architectures.isEmpty() || !KNOWN_ARCHITECTURES.containsAll(architectures)) {
            throw new ImageFault("No image for " + architectures, "Use amd64, arm64 or both.");
        }
        if (!base.equals("scratch")
                && !base.startsWith(TAR)
                && !BY_DIGEST.matcher(base).matches()) {
            throw new ImageFault(
                    "The base " + base + " may be another image tomorrow",
                    "Name it with its digest: image@sha256:…; skopeo inspect docker://" + base + " tells it.");
        }
        if (architectures.size() > 1 && (target.startsWith(TAR) || base.startsWith(TAR))) {
            throw new ImageFault(
                    "A tar holds the image of one architecture, not of " + architectures.size(),
                    "Make one tar for each architecture, or push to a registry.");
        }
    }

    boolean toTar() {
        return target.startsWith(TAR);
    }
}
