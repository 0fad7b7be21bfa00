package io.mldelivery.site;

import java.time.Instant;

/** A plugin's version with its sums (Base64) and the time at which the site first had it. */
record Release(PluginArchive archive, Instant at, String sha1, String sha256, String sha512) {
    static Release of(PluginArchive archive, Instant at) {
        return new Release(
                archive,
                at,
                Sum.base64("SHA-1", archive.bytes()),
                Sum.base64("SHA-256", archive.bytes()),
                Sum.base64("SHA-512", archive.bytes()));
    }

    Release since(Instant before) {
        return new Release(archive, before, sha1, sha256, sha512);
    }
}
