package io.mldelivery.gate.predictions;

import io.mldelivery.gate.policy.PredictionColumns.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of the rows of an evaluation set: which they are and what is true of them. */
final class RowDigest {
    private final MessageDigest digest;

    RowDigest(Task task) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        add(task.name());
    }

    /** Adds a value; null differs from every text. */
    void add(String value) {
        digest.update(value == null ? (byte) 0 : (byte) 1);
        if (value != null) {
            digest.update(value.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) '\n');
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
