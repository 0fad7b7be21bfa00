package io.mldelivery.site;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A built plugin file with what its manifest says. */
record PluginArchive(Path file, Attributes manifest, byte[] bytes) {
    private static final List<String> NEEDED = List.of(
            "Short-Name",
            "Plugin-Version",
            "Long-Name",
            "Specification-Title",
            "Url",
            "Jenkins-Version",
            "Minimum-Java-Version",
            "Group-Id");
    /** Names and versions become folders of the site. */
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    static PluginArchive read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            PluginArchive archive = new PluginArchive(file, manifest(file, bytes), bytes);
            NEEDED.forEach(archive::required);
            if (!FOLDER.matcher(archive.name()).matches()
                    || !FOLDER.matcher(archive.version()).matches()) {
                throw unusable(file, "has a Short-Name or Plugin-Version that cannot be a folder's name");
            }
            return archive;
        } catch (IOException e) {
            throw unusable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static Attributes manifest(Path file, byte[] bytes) throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes), false)) {
            if (jar.getManifest() != null) {
                return jar.getManifest().getMainAttributes();
            }
        }
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                    return new Manifest(zip).getMainAttributes();
                }
            }
        }
        throw unusable(file, "is no plugin file: it has no manifest");
    }

    private static DeliveryException unusable(Path file, String why) {
        return new DeliveryException(
                Code.CONFIG,
                "plugin file " + file + " " + why,
                "Build the plugins anew and give the folder that has the .hpi files.");
    }

    String name() {
        return required("Short-Name");
    }

    String version() {
        return required("Plugin-Version");
    }

    PluginVersion order() {
        return new PluginVersion(version());
    }

    /** A manifest value that Jenkins' JSON library gives back as it was written. */
    String required(String key) {
        String value = manifest.getValue(key);
        if (value == null || value.isBlank()) {
            throw unusable(file, "has no " + key + " in its manifest");
        }
        if (!PlainText.accepts(value)) {
            throw unusable(file, "has a " + key + " that is not plain ASCII text");
        }
        return value;
    }

    /** Where the file is below the site. */
    String path() {
        return "download/plugins/" + name() + "/" + version() + "/" + name() + ".hpi";
    }

    List<Dependency> dependencies() {
        List<Dependency> all = new ArrayList<>();
        String declared = manifest.getValue("Plugin-Dependencies");
        for (String entry : declared == null ? new String[0] : declared.split(",")) {
            String[] parts = entry.trim().split("[:;]");
            if (parts.length < 2 || !PlainText.accepts(entry)) {
                throw unusable(file, "has the dependency '" + entry + "', which is not name:version");
            }
            all.add(new Dependency(parts[0], new PluginVersion(parts[1]), entry.endsWith(";resolution:=optional")));
        }
        return all;
    }

    /** Another plugin that this one needs or, when optional, uses. */
    record Dependency(String name, PluginVersion version, boolean optional) {}
}
