package io.mldelivery.gate.holdout;

import io.mldelivery.gate.predictions.Scores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a decision: the same policy and the same predictions decide the same, and show nothing new. */
public final class DecisionDigest {
    private static final int CHUNK = 8_192;

    private DecisionDigest() {}

    /** SHA-256 of the policy's text and the candidate's predictions. */
    public static String of(String policy, Scores candidate) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(policy.getBytes(StandardCharsets.UTF_8));
            add(digest, candidate.score());
            for (double[] ofClass : candidate.probabilities()) {
                add(digest, ofClass);
            }
            add(digest, candidate.predicted());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        for (double value : values) {
            flush(digest, buffer.putDouble(value), false);
        }
        flush(digest, buffer, true);
    }

    private static void add(MessageDigest digest, int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        for (int value : values) {
            flush(digest, buffer.putInt(value), false);
        }
        flush(digest, buffer, true);
    }

    private static void flush(MessageDigest digest, ByteBuffer buffer, boolean whole) {
        if (whole || !buffer.hasRemaining()) {
            digest.update(buffer.flip());
            buffer.clear();
        }
    }
}
