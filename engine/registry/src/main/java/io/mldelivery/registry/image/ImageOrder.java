package io.mldelivery.registry.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What image to make of a registered version.
 *
 * @param model {@code models:/<name>/<version>} or {@code models:/<name>@<alias>}
 * @param base an image with Java 17 or newer, by its digest, or {@code tar:///file}
 * @param target an image reference, or {@code tar:///file}
 * @param architectures of {@code amd64} and {@code arm64}
 * @param engines a folder of further engines' jars; absent for ONNX only
 */
public record ImageOrder(
        String model,
        String base,
        String target,
        List<String> architectures,
        Optional<String> engines,
        Map<String, String> labels) {
    public ImageOrder {
        architectures = List.copyOf(architectures);
        labels = Map.copyOf(labels);
    }
}
