package io.mldelivery.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every plugin version that a site will have: those that are built now and those that it has already. A version on a site never changes: the
 * same name and version with other bytes is refused unless the writer says that it may be replaced.
 */
final class Releases {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final List<Release> all;

    private Releases(List<Release> all) {
        this.all = List.copyOf(all);
    }

    static Releases of(List<PluginArchive> built, Path site, Instant now, boolean replace) throws IOException {
        Map<String, PluginArchive> byPath = new TreeMap<>();
        built.forEach(archive -> putNew(byPath, archive));
        for (Path file : files(site.resolve("download"), 4)) {
            keepOld(byPath, PluginArchive.read(file), replace);
        }
        JsonNode before = listed(site.resolve("plugin-versions.json"));
        List<Release> releases = new ArrayList<>();
        byPath.values().forEach(archive -> releases.add(dated(before, Release.of(archive, now))));
        releases.sort(
                Comparator.comparing((Release release) -> release.archive().name())
                        .thenComparing(release -> release.archive().order()));
        Releases result = new Releases(releases);
        result.newest().forEach(release -> result.complete(release.archive()));
        return result;
    }

    /** All plugin files below a folder, in the order of their paths; none when the folder does not exist. */
    static List<Path> files(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(file -> file.toString().endsWith(".hpi"))
                    .sorted()
                    .toList();
        }
    }

    private static void putNew(Map<String, PluginArchive> byPath, PluginArchive archive) {
        PluginArchive twin = byPath.put(archive.path(), archive);
        if (twin != null) {
            throw new DeliveryException(
                    Code.CONFIG,
                    archive.name() + " " + archive.version() + " is there twice: " + twin.file() + " and "
                            + archive.file(),
                    "Give a folder with one file for each plugin.");
        }
    }

    private static void keepOld(Map<String, PluginArchive> byPath, PluginArchive old, boolean replace) {
        PluginArchive built = byPath.putIfAbsent(old.path(), old);
        if (built != null && !Arrays.equals(built.bytes(), old.bytes()) && !replace) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the site already has " + old.name() + " " + old.version() + " with other contents",
                    "Raise the version, or for a trial site say --replace.");
        }
    }

    private static JsonNode listed(Path versions) throws IOException {
        return Files.exists(versions) ? MAPPER.readTree(versions.toFile()) : MAPPER.createObjectNode();
    }

    /** Keeps the time that the site's list has for the same bytes. */
    private static Release dated(JsonNode before, Release release) {
        JsonNode entry = before.path("plugins")
                .path(release.archive().name())
                .path(release.archive().version());
        if (!entry.path("sha256").asText().equals(release.sha256())) {
            return release;
        }
        try {
            return release.since(Instant.parse(entry.path("releaseTimestamp").asText()));
        } catch (DateTimeException e) {
            return release;
        }
    }

    /** Fails when a plugin needs another of this family that the site would not have. */
    private void complete(PluginArchive archive) {
        for (PluginArchive.Dependency need : archive.dependencies()) {
            boolean served = newest().stream()
                    .map(Release::archive)
                    .anyMatch(a -> a.name().equals(need.name()) && !a.order().olderThan(need.version()));
            if (need.name().startsWith("ml-") && !need.optional() && !served) {
                throw new DeliveryException(
                        Code.CONFIG,
                        archive.name() + " " + archive.version() + " needs " + need.name() + " "
                                + need.version().text() + ", which the site would not have",
                        "Put the file of " + need.name() + " beside it.");
            }
        }
    }

    List<Release> all() {
        return all;
    }

    /** The newest version of each plugin, by name. */
    List<Release> newest() {
        Map<String, Release> newest = new TreeMap<>();
        all.forEach(release -> newest.put(release.archive().name(), release));
        return List.copyOf(newest.values());
    }
}
