package io.mldelivery.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a site on disk as Jenkins does before it trusts one: certificates lead to the given root and are valid, digest and signature cover
 * the lists, and every plugin file has the size and sums that the lists say. With what is known of a controller it also tells whether the
 * plugins would load there.
 */
public final class SiteVerifier {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Path site;
    private final ChainOfTrust trust;
    private final List<String> findings = new ArrayList<>();

    private SiteVerifier(Path site, Path root) {
        this.site = site;
        this.trust = ChainOfTrust.from(root);
    }

    /** Checks everything; fails only when there is no site or no root certificate to check with. */
    public static SiteReport verify(Path site, Path rootCertificate, Controller controller) throws IOException {
        return new SiteVerifier(site, rootCertificate).check(controller);
    }

    private SiteReport check(Controller controller) throws IOException {
        String wrapped = read("update-center.json");
        String actual = read("update-center.actual.json");
        int start = wrapped.indexOf('{');
        if (start < 0 || !wrapped.substring(start, wrapped.lastIndexOf('}') + 1).equals(actual)) {
            findings.add("update-center.json and update-center.actual.json differ");
        }
        Optional<JsonNode> newest = signed("update-center.actual.json", actual);
        Optional<JsonNode> versions = signed("plugin-versions.json", read("plugin-versions.json"));
        SiteFiles files = new SiteFiles(site, findings);
        versions.ifPresent(document -> document.path("plugins").forEach(plugin -> plugin.forEach(files::check)));
        newest.ifPresent(document -> document.path("plugins").forEach(plugin -> files.listed(plugin, versions)));
        files.nothingElse();
        newest.ifPresent(document -> findings.addAll(new Loading(document.path("plugins"), controller).obstacles()));
        int plugins = newest.map(document -> document.path("plugins").size()).orElse(0);
        return new SiteReport(findings, plugins, files.checked(), trust.rootFingerprint(), trust.validUntil());
    }

    private String read(String name) throws IOException {
        Path file = site.resolve(name);
        if (!Files.isReadable(file)) {
            throw new DeliveryException(
                    Code.CONFIG,
                    site + " is no update site: it has no readable " + name,
                    "Give the folder that mldelivery site wrote.");
        }
        return Files.readString(file);
    }

    /** The document without its signature; empty when it cannot be read at all. */
    private Optional<JsonNode> signed(String name, String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode document) {
                JsonNode signature = document.path("signature");
                document.remove("signature");
                byte[] content = CanonicalJson.of(document).getBytes(StandardCharsets.UTF_8);
                trust.problem(signature, content).ifPresent(problem -> findings.add(name + " " + problem));
                if (document.path("updateCenterVersion").asInt() != 1) {
                    findings.add(name + " is not of version 1, the only one that Jenkins reads");
                }
                return Optional.of(document);
            }
            findings.add(name + " is not a JSON object");
        } catch (JsonProcessingException e) {
            findings.add(name + " is not JSON: " + e.getOriginalMessage());
        }
        return Optional.empty();
    }
}
