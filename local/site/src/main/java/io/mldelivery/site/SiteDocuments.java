package io.mldelivery.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The signed lists of a site, in the form of updates.jenkins.io. */
final class SiteDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MMM dd, yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.00'Z'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private final SiteSettings settings;
    private final Releases releases;

    SiteDocuments(SiteSettings settings, Releases releases) {
        this.settings = settings;
        this.releases = releases;
    }

    /** The newest version of each plugin. */
    String updateCenter() {
        ObjectNode document = header();
        document.put("id", settings.id());
        document.put("connectionCheckUrl", settings.at("update-center.json"));
        document.putArray("warnings");
        document.putObject("deprecations");
        ObjectNode plugins = document.putObject("plugins");
        releases.newest().forEach(release -> plugins.set(release.archive().name(), entry(release)));
        return signed(document);
    }

    /** Every version of every plugin. */
    String pluginVersions() {
        ObjectNode document = header();
        ObjectNode plugins = document.putObject("plugins");
        for (Release release : releases.all()) {
            PluginArchive archive = release.archive();
            plugins.withObjectProperty(archive.name()).set(archive.version(), version(release));
        }
        return signed(document);
    }

    private ObjectNode header() {
        return JSON.objectNode().put("updateCenterVersion", 1).put("generationTimestamp", stamp(settings.now()));
    }

    private ObjectNode version(Release release) {
        PluginArchive archive = release.archive();
        ObjectNode entry = JSON.objectNode()
                .put("name", archive.name())
                .put("version", archive.version())
                .put("requiredCore", archive.required("Jenkins-Version"))
                .put("minimumJavaVersion", archive.required("Minimum-Java-Version"))
                .put("url", settings.at(archive.path()))
                .put("size", archive.bytes().length)
                .put("sha1", release.sha1())
                .put("sha256", release.sha256())
                .put("sha512", release.sha512())
                .put("releaseTimestamp", stamp(release.at()))
                .put("buildDate", DAY.format(release.at()));
        entry.set("dependencies", dependencies(archive));
        return entry;
    }

    private ObjectNode entry(Release release) {
        PluginArchive archive = release.archive();
        ObjectNode entry = version(release)
                .put("title", archive.required("Long-Name"))
                .put("excerpt", archive.required("Specification-Title"))
                .put("wiki", archive.required("Url"))
                .put("gav", archive.required("Group-Id") + ":" + archive.name() + ":" + archive.version());
        entry.putArray("labels").add("machine-learning").add("pipeline");
        entry.putArray("developers");
        return entry;
    }

    private static ArrayNode dependencies(PluginArchive archive) {
        ArrayNode all = JSON.arrayNode();
        archive.dependencies()
                .forEach(dependency -> all.addObject()
                        .put("name", dependency.name())
                        .put("version", dependency.version().text())
                        .put("optional", dependency.optional()));
        return all;
    }

    private static String stamp(Instant at) {
        return STAMP.format(at);
    }

    private String signed(ObjectNode document) {
        byte[] content = CanonicalJson.of(document).getBytes(StandardCharsets.UTF_8);
        document.set("signature", settings.keys().signature(content));
        return CanonicalJson.of(document);
    }
}
