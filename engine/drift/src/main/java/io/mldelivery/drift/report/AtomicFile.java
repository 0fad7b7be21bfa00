package io.mldelivery.drift.report;

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

/** Writes a file so that there is either the whole new file or the old one. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes UTF-8 text; makes the folder when it is not there. */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes; makes the folder when it is not there. */
    public static void write(Path file, byte[] content) {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw notWritten(file, part, e);
        }
    }

    private static DeliveryException notWritten(Path file, Path part, IOException e) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException again) {
            e.addSuppressed(again);
        }
        return new DeliveryException(
                Code.ENVIRONMENT,
                file + " cannot be written: " + e.getMessage(),
                "Free disk space or make the folder writable.",
                e);
    }
}
