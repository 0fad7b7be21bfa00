package io.mldelivery.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares the plugin files of a site with its lists. */
final class SiteFiles {
    private static final String FOLDER = "download/plugins/";
    private final Path site;
    private final List<String> findings;
    private final Set<Path> checked = new TreeSet<>();

    SiteFiles(Path site, List<String> findings) {
        this.site = site.toAbsolutePath().normalize();
        this.findings = findings;
    }

    int checked() {
        return checked.size();
    }

    /** One version of a plugin: is its file there, and is it the one that was listed? */
    void check(JsonNode entry) {
        String url = entry.path("url").asText();
        int at = url.indexOf(FOLDER);
        Path file = at < 0 ? site : site.resolve(url.substring(at)).normalize();
        if (!file.startsWith(site) || !Files.isRegularFile(file)) {
            findings.add("the site lacks " + url);
            return;
        }
        checked.add(file);
        try {
            compare(entry, site.relativize(file), PluginArchive.read(file));
        } catch (DeliveryException e) {
            findings.add(e.what());
        }
    }

    private void compare(JsonNode entry, Path name, PluginArchive archive) {
        if (archive.bytes().length != entry.path("size").asLong()
                || !Sum.base64("SHA-256", archive.bytes())
                        .equals(entry.path("sha256").asText())
                || !Sum.base64("SHA-512", archive.bytes())
                        .equals(entry.path("sha512").asText())) {
            findings.add(name + " is not the file that was signed");
        } else if (!archive.name().equals(entry.path("name").asText())
                || !archive.version().equals(entry.path("version").asText())
                || !archive.required("Jenkins-Version")
                        .equals(entry.path("requiredCore").asText())) {
            findings.add(name + " is " + archive.name() + " " + archive.version() + " for Jenkins "
                    + archive.required("Jenkins-Version") + ", not what the list says");
        }
    }

    /** A plugin of update-center.json must be one of the versions of plugin-versions.json, with the same file. */
    void listed(JsonNode entry, Optional<JsonNode> versions) {
        JsonNode same = versions.map(document -> document.path("plugins")
                        .path(entry.path("name").asText())
                        .path(entry.path("version").asText()))
                .orElse(entry);
        if (!same.path("sha256").equals(entry.path("sha256"))
                || !same.path("url").equals(entry.path("url"))) {
            findings.add("update-center.json and plugin-versions.json disagree about "
                    + entry.path("name").asText() + " " + entry.path("version").asText());
        }
    }

    /** Plugin files that no list names are served unsigned. */
    void nothingElse() {
        try {
            Releases.files(site.resolve("download"), 4).stream()
                    .filter(file -> !checked.contains(file))
                    .forEach(file -> findings.add(site.relativize(file) + " is on the site but in no list"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + site, e);
        }
    }
}
