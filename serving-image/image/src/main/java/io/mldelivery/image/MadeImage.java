package io.mldelivery.image;

import com.google.cloud.tools.jib.json.JsonTemplate;
import java.util.Map;

/**
 * What was made, as it is printed.
 *
 * @param image where it is: the image reference or {@code tar:///file}
 * @param digest of the image, or of the index where it has several architectures
 * @param architectures digests by architecture
 * @param modelDigest SHA-256 of the model's files, as registerModel gives it
 */
record MadeImage(String image, String digest, Map<String, String> architectures, String modelDigest)
        implements JsonTemplate {}
