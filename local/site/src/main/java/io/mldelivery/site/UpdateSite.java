package io.mldelivery.site;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Writes a static update site: plugin files, update-center.json, update-center.actual.json, plugin-versions.json, pages for people and the
 * root certificate. Every file is written whole or not at all, the signed lists last, so that a site that is being served stays consistent.
 * A site that exists is added to: it keeps its older versions and the times at which they came.
 */
public final class UpdateSite {
    private final SiteSettings settings;

    public UpdateSite(SiteSettings settings) {
        this.settings = settings;
    }

    /** How many plugins, and how many versions of them, a written site has, and the root certificate's SHA-256. */
    public record Written(int plugins, int versions, String rootFingerprint) {}

    /**
     * Writes the site.
     *
     * @param plugins the folder with the built .hpi files, at most three levels deep
     * @param notes release notes in Markdown; shown on the site's page
     * @param replace whether a version that the site has may get other contents
     */
    public Written write(Path plugins, Path output, String notes, boolean replace) throws IOException {
        Releases releases = Releases.of(archives(plugins), output, settings.now(), replace);
        SiteDocuments documents = new SiteDocuments(settings, releases);
        for (Release release : releases.all()) {
            put(output.resolve(release.archive().path()), release.archive().bytes());
        }
        put(output.resolve("rootCA.crt"), text(settings.keys().rootPem()));
        put(output.resolve("index.html"), text(SitePage.index(settings, releases)));
        put(output.resolve("release-notes.html"), text(SitePage.releaseNotes(notes)));
        put(output.resolve("plugin-versions.json"), text(documents.pluginVersions()));
        String updateCenter = documents.updateCenter();
        put(output.resolve("update-center.actual.json"), text(updateCenter));
        put(output.resolve("update-center.json"), text("updateCenter.post(\n" + updateCenter + "\n);"));
        return new Written(
                releases.newest().size(), releases.all().size(), settings.keys().rootFingerprint());
    }

    private static List<PluginArchive> archives(Path plugins) throws IOException {
        List<PluginArchive> found =
                Releases.files(plugins, 3).stream().map(PluginArchive::read).toList();
        if (found.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "no .hpi files in " + plugins,
                    "Build the plugins first (mvn package), or give the folder that has them.");
        }
        return found;
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
