package io.mldelivery.rollout.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Moves message bodies. */
final class Body {
    static final int MOST_REQUEST_BYTES = 64 * 1024 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private Body() {}

    /** Reads a request's whole body, so that the request can be sent a second time. */
    static byte[] request(Head head, InputStream in) throws IOException, HttpFault {
        if (head.isChunked()) {
            var all = new ByteArrayOutputStream();
            copyChunks(in, all, false);
            return all.toByteArray();
        }
        long length = Math.max(0, head.length());
        refuseAbove(length);
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the connection ended within the body");
        }
        return body;
    }

    private static void refuseAbove(long length) throws HttpFault {
        if (length > MOST_REQUEST_BYTES) {
            throw new HttpFault(413, "a request body may have 64 MiB");
        }
    }

    /** Passes exactly this many bytes on. */
    static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the connection ended within the body");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Passes a chunked body on, in chunks again or as plain bytes. */
    static void copyChunks(InputStream in, OutputStream out, boolean chunked) throws IOException, HttpFault {
        long total = 0;
        for (long size = chunkSize(in); size > 0; size = chunkSize(in)) {
            total += size;
            if (chunked) {
                out.write((Long.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            } else {
                refuseAbove(total);
            }
            copy(in, out, size);
            expectLineEnd(in);
            if (chunked) {
                out.write(LINE_END);
            }
        }
        skipTrailer(in);
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static long chunkSize(InputStream in) throws IOException, HttpFault {
        String line = chunkLine(in);
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).trim();
        if (!size.matches("[0-9a-fA-F]{1,12}")) {
            throw new HttpFault(400, "not the size of a chunk");
        }
        return Long.parseLong(size, 16);
    }

    private static String chunkLine(InputStream in) throws IOException, HttpFault {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within the body");
            }
            if (line.length() > 8192) {
                throw new HttpFault(400, "a chunk's first line is too long");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private static void expectLineEnd(InputStream in) throws IOException, HttpFault {
        if (!chunkLine(in).isEmpty()) {
            throw new HttpFault(400, "a chunk is longer than it says");
        }
    }

    private static void skipTrailer(InputStream in) throws IOException, HttpFault {
        while (!chunkLine(in).isEmpty()) {
            // trailer fields belong to one connection
        }
    }
}
