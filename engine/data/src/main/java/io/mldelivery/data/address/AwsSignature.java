package io.mldelivery.data.address;

import io.mldelivery.data.address.Store.Key;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests without a body as Amazon's Signature Version 4 asks for S3. */
final class AwsSignature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String EMPTY = hex(sha256(""));

    private final Key key;
    private final String region;

    AwsSignature(Key key, String region) {
        this.key = key;
        this.region = region;
    }

    /**
     * The headers that sign a GET.
     *
     * @param address with a query whose parameters stand in order and are encoded as {@link #encoded} does
     * @param further headers, in lower case, that are sent and signed too
     */
    Map<String, String> headers(URI address, Map<String, String> further, Instant now) {
        Map<String, String> signed = new TreeMap<>(further);
        signed.put("host", host(address));
        signed.put("x-amz-content-sha256", EMPTY);
        signed.put("x-amz-date", TIME.format(now));
        key.session().ifPresent(session -> signed.put("x-amz-security-token", session));
        String scope = TIME.format(now).substring(0, 8) + "/" + region + "/s3/aws4_request";
        String text =
                ALGORITHM + "\n" + TIME.format(now) + "\n" + scope + "\n" + hex(sha256(canonical(address, signed)));
        Map<String, String> headers = new TreeMap<>(signed);
        headers.remove("host"); // sent by the client itself
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + key.id() + "/" + scope + ",SignedHeaders="
                        + String.join(";", signed.keySet()) + ",Signature=" + hex(hmac(signingKey(scope), text)));
        return headers;
    }

    private static String host(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static String canonical(URI address, Map<String, String> signed) {
        String query = address.getRawQuery() == null ? "" : address.getRawQuery();
        String headers = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return "GET\n" + address.getRawPath() + "\n" + query + "\n" + headers + "\n" + String.join(";", signed.keySet())
                + "\n" + EMPTY;
    }

    private byte[] signingKey(String scope) {
        byte[] derived = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : Arrays.asList(scope.split("/"))) {
            derived = hmac(derived, part);
        }
        return derived;
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Percent-encodes all but letters, digits and {@code -._~}, and slashes unless they are to be kept. */
    static String encoded(String text, boolean keepSlashes) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-._~".indexOf(c) >= 0 || keepSlashes && c == '/') {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
