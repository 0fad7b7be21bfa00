package io.mldelivery.gate.file;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts a text into a file, whole or not at all. */
public final class ReportFile {
    private ReportFile() {}

    /** Writes UTF-8 beside the file, forces it to disk and renames it; folders are made as needed. */
    public static void write(Path file, String text) {
        Path absolute = file.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            Path beside = Files.createTempFile(absolute.getParent(), ".", ".tmp");
            try {
                force(beside, text);
                Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    file + ": cannot be written: " + e.getMessage(),
                    "Make its folder writable, or free disk space.",
                    e);
        }
    }

    private static void force(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
