package io.mldelivery.retraining.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How a sender proves that an event comes from it: with an HMAC over the request, keyed with a secret that both sides
 * know. Signatures are compared in constant time. Start at {@link #problem}.
 */
public enum SignatureScheme {
    /**
     * GitHub, and servers that sign alike: header {@code X-Hub-Signature-256} with {@code sha256=} and the hex HMAC of
     * the body. Neither time nor delivery id is signed, so a repeated body counts as the same event.
     */
    GITHUB {
        @Override
        Optional<String> problem(Delivery delivery, String secret, Instant now) {
            Optional<String> header = delivery.header("X-Hub-Signature-256");
            if (header.isEmpty()) {
                return Optional.of("the header X-Hub-Signature-256 is missing");
            }
            byte[] expected = Hmac.sha256(secret, delivery.body());
            boolean genuine = header.get().startsWith("sha256=")
                    && Hmac.matches(expected, hex(header.get().substring(7)));
            return genuine ? Optional.empty() : Optional.of("the signature does not fit");
        }

        @Override
        String identity(Delivery delivery) {
            return "github "
                    + delivery.header("X-Hub-Signature-256").orElseThrow().toLowerCase(Locale.ROOT);
        }
    },

    /**
     * MLflow (version 1): header {@code X-MLflow-Signature} with {@code v1,} and the Base64 HMAC of delivery id, time
     * and body, joined by dots. The time may differ from ours by at most {@link #WINDOW}.
     */
    MLFLOW {
        @Override
        Optional<String> problem(Delivery delivery, String secret, Instant now) {
            Optional<String> id = delivery.header("X-MLflow-Delivery-Id");
            Optional<String> time = delivery.header("X-MLflow-Timestamp");
            Optional<String> signature = delivery.header("X-MLflow-Signature");
            if (id.isEmpty() || time.isEmpty() || signature.isEmpty()) {
                return Optional.of("a header X-MLflow-Delivery-Id, -Timestamp or -Signature is missing");
            }
            byte[] head = (id.get() + "." + time.get() + ".").getBytes(StandardCharsets.UTF_8);
            byte[] expected = Hmac.sha256(secret, head, delivery.body());
            boolean genuine = signature.get().startsWith("v1,")
                    && Hmac.matches(expected, base64(signature.get().substring(3)));
            return genuine ? outsideWindow(time.get(), now) : Optional.of("the signature does not fit");
        }

        @Override
        String identity(Delivery delivery) {
            return "mlflow " + delivery.header("X-MLflow-Delivery-Id").orElseThrow();
        }
    };

    /** How far a signed time may be from ours, in either direction. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    /** Why the delivery is not genuine; empty when it is. Never tells what the right signature would be. */
    abstract Optional<String> problem(Delivery delivery, String secret, Instant now);

    /** What tells a genuine delivery from others, from signed parts alone. */
    abstract String identity(Delivery delivery);

    private static Optional<String> outsideWindow(String seconds, Instant now) {
        if (!seconds.matches("\\d{1,12}")) {
            return Optional.of("the time is not in seconds since 1970");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                .abs();
        return age.compareTo(WINDOW) <= 0
                ? Optional.empty()
                : Optional.of("the signed time is " + age.toSeconds() + " s from this server's (limit "
                        + WINDOW.toSeconds() + " s)");
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // fits no signature
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // fits no signature
        }
    }
}
