package io.mldelivery.hpi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A built plugin file, read whole. */
record Hpi(String id, Path file, Map<String, byte[]> entries) {
    static final List<String> IDS = List.of(
            "ml-delivery",
            "ml-data",
            "ml-kubernetes",
            "ml-registry",
            "ml-training",
            "ml-gate",
            "ml-rollout",
            "ml-drift",
            "ml-retraining");
    static final Path PLUGINS = Path.of("..", "..", "plugins");

    private static final Map<String, Hpi> READ = new ConcurrentHashMap<>();
    private static final Map<String, Map<String, String>> CLASSES = new ConcurrentHashMap<>();

    static Hpi of(String id) {
        return READ.computeIfAbsent(id, Hpi::read);
    }

    private static Hpi read(String id) {
        Path file = PLUGINS.resolve(id).resolve("target").resolve(id + ".hpi");
        try {
            return new Hpi(id, file, unzip(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("build plugins/" + id + " first", e);
        }
    }

    static Map<String, byte[]> unzip(byte[] zip) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    static Attributes manifest(Map<String, byte[]> entries) {
        try {
            return new Manifest(new ByteArrayInputStream(entries.get("META-INF/MANIFEST.MF"))).getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Attributes manifest() {
        return manifest(entries);
    }

    /** The plugin's own jar. */
    Map<String, byte[]> ownJar() {
        return unzip(entries.get("WEB-INF/lib/" + id + ".jar"));
    }

    /** File names below WEB-INF/lib, the plugin's own jar left out. */
    List<String> bundled() {
        return entries.keySet().stream()
                .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("WEB-INF/lib/".length()))
                .filter(name -> !name.equals(id + ".jar"))
                .toList();
    }

    /** Class names with slashes, each with the jar it is in. */
    Map<String, String> classes() {
        return CLASSES.computeIfAbsent(id, any -> findClasses());
    }

    private Map<String, String> findClasses() {
        Map<String, String> classes = new LinkedHashMap<>();
        for (String jar : jars()) {
            unzip(entries.get("WEB-INF/lib/" + jar)).keySet().stream()
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .filter(name -> !name.endsWith("module-info.class"))
                    .forEach(name -> classes.put(name.substring(0, name.length() - ".class".length()), id + "/" + jar));
        }
        return classes;
    }

    List<String> jars() {
        return entries.keySet().stream()
                .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("WEB-INF/lib/".length()))
                .toList();
    }

    /** Ids with versions, as the manifest has them. */
    Map<String, String> dependencies() {
        return Arrays.stream(manifest().getValue("Plugin-Dependencies").split(","))
                .map(entry -> entry.split("[:;]"))
                .collect(Collectors.toMap(p -> p[0], p -> p[1], (a, b) -> a, LinkedHashMap::new));
    }

    /** Ids of the dependencies without which the plugin does not load. */
    List<String> required() {
        return Arrays.stream(manifest().getValue("Plugin-Dependencies").split(","))
                .filter(entry -> !entry.endsWith(";resolution:=optional"))
                .map(entry -> entry.substring(0, entry.indexOf(':')))
                .toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
