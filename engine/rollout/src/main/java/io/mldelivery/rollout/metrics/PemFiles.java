package io.mldelivery.rollout.metrics;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS from PEM files. */
final class PemFiles {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final char[] NO_PASSWORD = new char[0];

    private PemFiles() {}

    /**
     * What connections use.
     *
     * @param authority who may have signed the server's certificate; empty: whom Java trusts
     * @param certificate our certificate and its private key; empty: none
     */
    static SSLContext context(Optional<String> authority, Optional<String> certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.isPresent() ? keys(certificate.get()) : null,
                    authority.isPresent() ? trust(authority.get()) : null,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "cannot use the certificates: " + e.getMessage(),
                    "authority is a PEM file of certificates, certificate a PEM file with a certificate and its PKCS#8 key.",
                    e);
        }
    }

    private static TrustManager[] trust(String file) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate one : certificates(file)) {
            store.setCertificateEntry("authority-" + number++, one);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(String file) throws GeneralSecurityException, IOException {
        Matcher matcher = KEY.matcher(text(file));
        if (!matcher.find()) {
            throw new IOException(file + " holds no unencrypted PKCS#8 private key");
        }
        PrivateKey key = key(Base64.getMimeDecoder().decode(matcher.group(1)));
        KeyStore store = empty();
        store.setKeyEntry("own", key, NO_PASSWORD, certificates(file).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // not a key of this kind; the next one is tried
            }
        }
        throw new InvalidKeySpecException("the private key is neither RSA nor EC nor EdDSA");
    }

    private static Collection<? extends Certificate> certificates(String file)
            throws GeneralSecurityException, IOException {
        var pem = new StringBuilder();
        Matcher matcher = CERTIFICATE.matcher(text(file));
        while (matcher.find()) {
            pem.append(matcher.group()).append('\n');
        }
        if (pem.isEmpty()) {
            throw new IOException(file + " holds no certificate");
        }
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.US_ASCII);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
