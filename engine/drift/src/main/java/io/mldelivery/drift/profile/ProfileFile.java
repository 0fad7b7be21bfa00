package io.mldelivery.drift.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A profile as a file: gzip of two lines of JSON. The first names format, version and the SHA-256 of the second, which
 * holds the profile, so that a changed or cut-off file is found. The same profile gives the same bytes.
 */
public final class ProfileFile {
    private static final String FORMAT = "mldelivery-drift-profile";
    private static final int VERSION = 1;
    private static final int MOST_BYTES = 256 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileFile() {}

    /** Whether a file is a profile, judged by its first bytes; false when there is no such file. */
    public static boolean is(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] start = in.readNBytes(FORMAT.length() + 11);
            return new String(start, StandardCharsets.UTF_8).startsWith("{\"format\":\"" + FORMAT);
        } catch (IOException e) {
            return false; // not gzip, or too short: a table, which its reader judges
        }
    }

    /** The file's content. */
    public static byte[] write(Profile profile) {
        String body = ProfileJson.write(profile).toString();
        ObjectNode head = JSON.createObjectNode();
        head.put("format", FORMAT).put("version", VERSION).put("sha256", EvidenceLog.sha256(body));
        var bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((head + "\n" + body + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a profile.
     *
     * @param name how the user wrote the path
     * @throws DeliveryException when it was changed, cut off, or written in another version of the format
     */
    public static Profile read(String name, Path file) {
        String[] lines = text(name, file).split("\n", 3);
        if (lines.length < 2) {
            throw broken(name, "is cut off", null);
        }
        try {
            JsonNode head = JSON.readTree(lines[0]);
            if (head.path("version").asInt() != VERSION) {
                throw new DeliveryException(
                        Code.DATA,
                        name + ": the profile has version "
                                + head.path("version").asText() + ", this program reads " + VERSION,
                        "Write the profile again with this program.");
            }
            if (!EvidenceLog.sha256(lines[1]).equals(head.path("sha256").asText())) {
                throw broken(name, "was changed after it was written (its SHA-256 does not match)", null);
            }
            return ProfileJson.read(JSON.readTree(lines[1]));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw broken(name, "is not valid", e);
        }
    }

    private static String text(String name, Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken(name, "is cut off or damaged: " + e.getMessage(), e);
        }
    }

    private static DeliveryException broken(String name, String problem, Exception cause) {
        return new DeliveryException(
                Code.DATA,
                name + ": the profile " + problem,
                "Write it again with `mldelivery profile`, or restore it.",
                cause);
    }
}
