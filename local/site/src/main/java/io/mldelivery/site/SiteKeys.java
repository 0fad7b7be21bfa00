package io.mldelivery.site;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;

/**
 * The private key that signs the site, and its certificates: the signer's first, the root last. Loading checks what Jenkins would refuse:
 * anything but RSA, a certificate that is not valid now, a chain whose links do not fit.
 */
public final class SiteKeys {
    private static final int SMALLEST_KEY = 2048;
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private SiteKeys(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /** Reads the only key of a PKCS #12 file. */
    public static SiteKeys load(Path keystore, char[] password) {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return checked(keystore, new SiteKeys(key, x509(store.getCertificateChain(alias))));
                }
            }
            throw unusable(keystore, "has no private key");
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(keystore, "cannot be used: " + e.getMessage());
        }
    }

    private static List<X509Certificate> x509(Certificate... chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            certificates.add((X509Certificate) certificate);
        }
        return certificates;
    }

    private static SiteKeys checked(Path keystore, SiteKeys keys) throws GeneralSecurityException {
        if (!(keys.key instanceof RSAKey rsa)) {
            throw unusable(keystore, "has a key of kind " + keys.key.getAlgorithm() + "; Jenkins checks RSA only");
        }
        if (rsa.getModulus().bitLength() < SMALLEST_KEY) {
            throw unusable(
                    keystore, "has a key of " + rsa.getModulus().bitLength() + " bits, fewer than " + SMALLEST_KEY);
        }
        for (int i = 0; i < keys.chain.size(); i++) {
            keys.chain.get(i).checkValidity(new Date());
            keys.chain
                    .get(i)
                    .verify(keys.chain
                            .get(Math.min(i + 1, keys.chain.size() - 1))
                            .getPublicKey());
        }
        byte[] sample = {1};
        Signature check = Signature.getInstance("SHA512withRSA");
        check.initVerify(keys.chain.get(0));
        check.update(sample);
        if (!check.verify(keys.sign(sample))) {
            throw unusable(keystore, "has a certificate that does not belong to its key");
        }
        return keys;
    }

    private static DeliveryException unusable(Path keystore, String why) {
        return new DeliveryException(
                Code.CONFIG,
                "key file " + keystore + " " + why,
                "Give a PKCS #12 file with one RSA key and its whole certificate chain up to the root, and its password.");
    }

    /** The certificate that administrators put into update-center-rootCAs. */
    String rootPem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded(root()));
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** SHA-256 of the root certificate, as {@code openssl x509 -fingerprint -sha256} prints it. */
    String rootFingerprint() {
        return fingerprint(root());
    }

    static String fingerprint(X509Certificate certificate) {
        return Sum.hex("SHA-256", encoded(certificate))
                .toUpperCase(java.util.Locale.ROOT)
                .replaceAll("..(?!$)", "$0:");
    }

    private X509Certificate root() {
        return chain.get(chain.size() - 1);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /** The signature block over a document's canonical form. */
    ObjectNode signature(byte[] content) {
        try {
            ObjectNode block = JsonNodeFactory.instance.objectNode();
            chain.forEach(certificate -> block.withArrayProperty("certificates")
                    .add(Base64.getEncoder().encodeToString(encoded(certificate))));
            return block.put("correct_digest512", Sum.hex("SHA-512", content))
                    .put("correct_signature512", HexFormat.of().formatHex(sign(content)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the site cannot be signed with this key", e);
        }
    }

    private byte[] sign(byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA512withRSA");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }
}
