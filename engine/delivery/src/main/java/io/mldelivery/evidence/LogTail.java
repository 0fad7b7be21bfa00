package io.mldelivery.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Finds the end of a file of lines by reading backwards, so that the cost does not grow with the file. */
final class LogTail {
    private static final int CHUNK = 8 * 1024;

    private LogTail() {}

    /** The position after the last line feed; 0 when there is none. */
    static long endOfWholeLines(FileChannel channel) throws IOException {
        return afterLineFeedBefore(channel, channel.size());
    }

    /** The line that ends with the line feed just before {@code end}, without it; empty when {@code end} is 0. */
    static String lastLine(FileChannel channel, long end) throws IOException {
        if (end == 0) {
            return "";
        }
        long start = afterLineFeedBefore(channel, end - 1);
        return new String(read(channel, start, end - 1), StandardCharsets.UTF_8);
    }

    private static long afterLineFeedBefore(FileChannel channel, long limit) throws IOException {
        for (long end = limit; end > 0; end -= CHUNK) {
            long start = Math.max(0, end - CHUNK);
            byte[] bytes = read(channel, start, end);
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }

    private static byte[] read(FileChannel channel, long start, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(end - start));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.array();
    }
}
