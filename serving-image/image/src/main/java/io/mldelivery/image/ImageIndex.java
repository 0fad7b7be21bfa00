package io.mldelivery.image;

import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An OCI image index: which image is for which architecture. Its JSON has the names that the specification gives. */
final class ImageIndex implements ManifestTemplate {

    private final int schemaVersion = 2;
    private final String mediaType = "application/vnd.oci.image.index.v1+json";
    private final List<Entry> manifests = new ArrayList<>();

    private record Entry(String mediaType, long size, String digest, Map<String, String> platform)
            implements JsonTemplate {}

    void add(String architecture, String type, BlobDescriptor manifest) {
        Map<String, String> platform = new TreeMap<>(Map.of("architecture", architecture, "os", "linux"));
        manifests.add(new Entry(type, manifest.getSize(), manifest.getDigest().toString(), platform));
    }

    @Override
    public int getSchemaVersion() {
        return schemaVersion;
    }

    @Override
    public String getManifestMediaType() {
        return mediaType;
    }
}
