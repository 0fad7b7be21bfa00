package io.mldelivery.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a signature block is one that leads to a root certificate. */
final class ChainOfTrust {
    private final X509Certificate root;
    private Instant validUntil = Instant.EPOCH;

    private ChainOfTrust(X509Certificate root) {
        this.root = root;
    }

    static ChainOfTrust from(Path rootCertificate) {
        try {
            return new ChainOfTrust(certificate(Files.readAllBytes(rootCertificate)));
        } catch (IOException | CertificateException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the root certificate " + rootCertificate + " cannot be read: " + e.getMessage(),
                    "Give the certificate that is in update-center-rootCAs of the controllers, as PEM or DER.");
        }
    }

    private static X509Certificate certificate(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    /** What is wrong with the signature of this content, if anything. */
    Optional<String> problem(JsonNode signature, byte[] content) {
        if (!signature.path("certificates").isArray()
                || signature.path("certificates").isEmpty()) {
            return Optional.of("has no signature");
        }
        try {
            return mismatch(signature, content, signer(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of("has a signature that does not lead to the root certificate: " + e.getMessage());
        }
    }

    private X509Certificate signer(JsonNode signature) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (JsonNode encoded : signature.path("certificates")) {
            chain.add(certificate(Base64.getDecoder().decode(encoded.asText())));
        }
        validUntil = chain.stream()
                .map(c -> c.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        for (X509Certificate certificate : chain) {
            certificate.checkValidity();
        }
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        return chain.get(0);
    }

    private static Optional<String> mismatch(JsonNode signature, byte[] content, X509Certificate signer)
            throws GeneralSecurityException {
        String digest = Sum.hex("SHA-512", content);
        if (!digest.equalsIgnoreCase(signature.path("correct_digest512").asText())) {
            return Optional.of("was changed after it was signed");
        }
        Signature check = Signature.getInstance("SHA512withRSA");
        check.initVerify(signer);
        check.update(content);
        boolean signed = check.verify(
                HexFormat.of().parseHex(signature.path("correct_signature512").asText()));
        return signed ? Optional.empty() : Optional.of("is not signed by its certificate");
    }

    String rootFingerprint() {
        return SiteKeys.fingerprint(root);
    }

    /** When the first certificate seen runs out. */
    Instant validUntil() {
        return validUntil;
    }
}
