package io.mldelivery.site;

import java.time.Instant;
import java.util.List;

/**
 * What a check of a site found.
 *
 * @param findings one sentence for each thing for which Jenkins would refuse the site or a plugin of it; empty when all is well
 * @param rootFingerprint SHA-256 of the root certificate that the signatures were checked against
 * @param validUntil when the first certificate of the chain runs out and Jenkins stops accepting the site; the epoch when no chain was read
 */
public record SiteReport(List<String> findings, int plugins, int versions, String rootFingerprint, Instant validUntil) {
    public SiteReport {
        findings = List.copyOf(findings);
    }
}
