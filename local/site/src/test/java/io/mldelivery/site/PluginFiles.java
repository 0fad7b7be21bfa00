package io.mldelivery.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Small plugin files for tests. */
final class PluginFiles {
    private final Path folder;

    PluginFiles(Path folder) {
        this.folder = folder;
    }

    Path write(String name, String version, String dependencies) throws IOException {
        return write(name, Map.of("Plugin-Version", version, "Plugin-Dependencies", dependencies));
    }

    Path write(String name, Map<String, String> changes) throws IOException {
        Map<String, String> attributes = new LinkedHashMap<>(Map.of(
                "Short-Name",
                name,
                "Plugin-Version",
                "1.0",
                "Long-Name",
                "Plugin " + name,
                "Specification-Title",
                "Does \"" + name + "\" \\ and more",
                "Url",
                "https://example.org/" + name,
                "Jenkins-Version",
                "2.541.3",
                "Minimum-Java-Version",
                "17",
                "Group-Id",
                "io.jenkins.plugins"));
        attributes.putAll(changes);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((key, value) -> manifest.getMainAttributes().putValue(key, value));
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".hpi");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            out.putNextEntry(new ZipEntry("WEB-INF/lib/" + name + ".jar"));
            out.write(attributes.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return file;
    }
}
