package io.mldelivery.data.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A record batch: hands out its nodes and buffers one after the other, uncompressed. */
final class Batch {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

    private static final int MOST_ROWS = 1 << 28;

    private final ByteBuffer body;
    private final long rows;
    private final long[] nodes;
    private final long[] buffers;
    private final long[] variadic;
    private final int codec;
    private int node;
    private int buffer;
    private int view;

    /** {@code body} is little-endian and holds the batch's buffers. */
    Batch(FlatTable head, ByteBuffer body) {
        this.body = body;
        this.rows = head.longAt(0, 0);
        this.nodes = head.longsAt(1, 2);
        this.buffers = head.longsAt(2, 2);
        this.codec = head.tableAt(3).map(found -> found.byteAt(0, 0)).orElse(-1);
        this.variadic = head.longsAt(4, 1);
    }

    int rows() {
        if (rows < 0 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("a batch of " + rows + " rows");
        }
        return (int) rows;
    }

    /** How many values the next field has. */
    int length() {
        return Math.toIntExact(nodes[2 * node++]);
    }

    /** How many more buffers the next field of views has. */
    int views() {
        return Math.toIntExact(variadic[view++]);
    }

    void skip(int count) {
        buffer += count;
    }

    ByteBuffer next() {
        int offset = Math.toIntExact(buffers[2 * buffer]);
        int length = Math.toIntExact(buffers[2 * buffer + 1]);
        buffer++;
        return length == 0 ? NONE : uncompressed(slice(body, offset, length));
    }

    private ByteBuffer uncompressed(ByteBuffer bytes) {
        if (codec < 0) {
            return bytes;
        }
        long size = bytes.getLong(0);
        ByteBuffer packed = slice(bytes, 8, bytes.limit() - 8);
        return size < 0 ? packed : Compression.expand(codec, packed, Math.toIntExact(size));
    }

    static ByteBuffer slice(ByteBuffer bytes, int offset, int length) {
        return bytes.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
