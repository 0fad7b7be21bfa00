package io.mldelivery.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Jenkins 2.541.3 does with an update site, written anew from its sources and sharing no code with the product:
 * DownloadService.loadJSON, JSONSignatureValidator.verifySignature, json-lib's writeCanonical, UpdateSite.Data and
 * UpdateCenter.verifyChecksums. Throws {@link Refused} where Jenkins shows an error.
 */
final class JenkinsChecks {
    /** Jenkins would not use the site, or would not install the plugin. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** What Jenkins knows of a plugin after it has read the site. */
    record Entry(
            String name,
            String version,
            String url,
            String requiredCore,
            String sha1,
            String sha256,
            String sha512,
            Map<String, String> dependencies) {}

    private final Path rootCertificates;

    /** A folder as update-center-rootCAs. */
    JenkinsChecks(Path rootCertificates) {
        this.rootCertificates = rootCertificates;
    }

    /** UpdateSite.updateDirectlyNow on the text that the server sent. */
    Map<String, Entry> update(String served) throws IOException, GeneralSecurityException {
        int start = served.indexOf('{');
        int end = served.lastIndexOf('}');
        if (start < 0 || end <= start) {
            throw new Refused("Could not find JSON");
        }
        ObjectNode document = (ObjectNode) new ObjectMapper().readTree(served.substring(start, end + 1));
        if (!document.path("updateCenterVersion").isInt()
                || document.get("updateCenterVersion").asInt() != 1) {
            throw new Refused("Unrecognized update center version");
        }
        verifySignature(document);
        return data(document);
    }

    private void verifySignature(ObjectNode document) throws IOException, GeneralSecurityException {
        JsonNode block = document.get("signature");
        if (block == null) {
            throw new Refused("No signature block found");
        }
        document.remove("signature");
        List<X509Certificate> certificates = certificates(block);
        try {
            validatePath(certificates);
        } catch (GeneralSecurityException e) {
            throw new Refused("Signature verification failed: " + e.getMessage());
        }
        byte[] canonical = canonical(document).getBytes(StandardCharsets.UTF_8);
        check(
                canonical,
                block,
                "SHA-512",
                "correct_digest512",
                "SHA512withRSA",
                "correct_signature512",
                certificates.get(0));
    }

    private static List<X509Certificate> certificates(JsonNode block) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X509");
        List<X509Certificate> found = new ArrayList<>();
        for (JsonNode text : block.get("certificates")) {
            byte[] der = Base64.getDecoder().decode(text.textValue());
            X509Certificate certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            certificate.checkValidity();
            found.add(certificate);
        }
        if (found.isEmpty()) {
            throw new Refused("No certificate found");
        }
        return found;
    }

    private void validatePath(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X509");
        Set<TrustAnchor> anchors = new HashSet<>();
        try (var files = Files.list(rootCertificates)) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".txt")).toList()) {
                anchors.add(new TrustAnchor(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file))),
                        null));
            }
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(certificates), parameters);
    }

    private static void check(
            byte[] canonical,
            JsonNode block,
            String digestName,
            String digestKey,
            String signatureName,
            String signatureKey,
            X509Certificate signer)
            throws GeneralSecurityException {
        if (!block.hasNonNull(digestKey) || !block.hasNonNull(signatureKey)) {
            throw new Refused("No correct_signature or correct_signature512 entry found");
        }
        byte[] digest = MessageDigest.getInstance(digestName).digest(canonical);
        StringBuilder hex = new StringBuilder();
        for (byte b : digest) {
            hex.append(String.format("%02x", b & 0xff));
        }
        if (!hex.toString().equalsIgnoreCase(block.get(digestKey).textValue())) {
            throw new Refused(digestName + " digest mismatch");
        }
        Signature signature = Signature.getInstance(signatureName);
        signature.initVerify(signer);
        signature.update(canonical);
        if (!signature.verify(fromHex(block.get(signatureKey).textValue()))) {
            throw new Refused(digestName + " based signature in the update center doesn't match with the certificate");
        }
    }

    private static byte[] fromHex(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    /** json-lib's AbstractJSON.writeCanonical: sorted keys, quoteCanonical for keys and strings. */
    private static String canonical(JsonNode node) {
        StringBuilder out = new StringBuilder();
        switch (node.getNodeType()) {
            case OBJECT -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                node.fields().forEachRemaining(field -> sorted.put(field.getKey(), field.getValue()));
                sorted.forEach((key, value) -> out.append(out.isEmpty() ? "" : ",")
                        .append(quote(key))
                        .append(':')
                        .append(canonical(value)));
                return "{" + out + "}";
            }
            case ARRAY -> {
                node.forEach(item -> out.append(out.isEmpty() ? "" : ",").append(canonical(item)));
                return "[" + out + "]";
            }
            case STRING -> {
                return quote(node.textValue());
            }
            case NUMBER, BOOLEAN, NULL -> {
                return node.asText();
            }
            default -> throw new Refused("not JSON: " + node);
        }
    }

    private static String quote(String text) {
        if (text.matches("(?s)[\\[{].*|'.*'|\".*\"|null")) {
            throw new Refused("json-lib takes this string for JSON: " + text);
        }
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '"') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u")
                        .append(("000" + Integer.toHexString(c))
                                .substring(("000" + Integer.toHexString(c)).length() - 4));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** UpdateSite.Data and UpdateSite.Plugin: what they cannot do without. */
    private static Map<String, Entry> data(JsonNode document) {
        Map<String, Entry> plugins = new HashMap<>();
        document.get("plugins").fields().forEachRemaining(field -> {
            JsonNode plugin = field.getValue();
            if (!URI.create(plugin.get("url").textValue()).isAbsolute()) {
                throw new Refused("relative URL");
            }
            Instant.parse(plugin.get("releaseTimestamp").textValue());
            Map<String, String> hard = new TreeMap<>();
            for (JsonNode dependency : plugin.get("dependencies")) {
                if (dependency.get("optional").asText().equals("false")) {
                    hard.put(
                            dependency.get("name").textValue(),
                            dependency.get("version").textValue());
                }
            }
            plugins.put(
                    field.getKey(),
                    new Entry(
                            plugin.get("name").textValue(),
                            plugin.get("version").textValue(),
                            plugin.get("url").textValue(),
                            plugin.get("requiredCore").textValue(),
                            plugin.path("sha1").textValue(),
                            plugin.path("sha256").textValue(),
                            plugin.path("sha512").textValue(),
                            hard));
        });
        return plugins;
    }

    /** UpdateCenter.verifyChecksums on a downloaded file. */
    static void verifyChecksums(Entry entry, byte[] downloaded) throws GeneralSecurityException {
        if (entry.sha512() != null) {
            same("SHA-512", entry.sha512(), downloaded);
        } else if (entry.sha256() != null) {
            same("SHA-256", entry.sha256(), downloaded);
        } else if (entry.sha1() != null) {
            same("SHA-1", entry.sha1(), downloaded);
        } else {
            throw new Refused("Unable to confirm integrity of downloaded file, refusing installation");
        }
    }

    private static void same(String algorithm, String expected, byte[] downloaded) throws GeneralSecurityException {
        String actual = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance(algorithm).digest(downloaded));
        if (!expected.toLowerCase(Locale.ROOT).equals(actual.toLowerCase(Locale.ROOT))) {
            throw new Refused("Downloaded file does not match expected " + algorithm);
        }
    }
}
