package io.mldelivery.data.arrow;

/**
 * Expands one LZ4 frame (LZ4 frame format 1.6, blocks dependent or not). Arrow's writers link their blocks, so a block may
 * repeat bytes of those before it.
 */
final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    private static final int LEAST_MATCH = 4;

    private final byte[] input;
    private final byte[] output;
    private int in;
    private int out;

    Lz4Frame(byte[] input, byte[] output) {
        this.input = input;
        this.output = output;
    }

    /** Fills the output; answers with how many bytes it has now. */
    int expand() {
        try {
            boolean blockChecksums = header();
            for (int block = int32(); block != 0; block = int32()) {
                int length = block & 0x7FFFFFFF;
                if (block < 0) {
                    literals(length);
                } else {
                    block(in + length);
                }
                in += blockChecksums ? 4 : 0;
            }
            return out;
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a buffer compressed with LZ4 is damaged", e);
        }
    }

    private boolean header() {
        if (int32() != MAGIC) {
            throw new IllegalArgumentException("a buffer is no LZ4 frame");
        }
        int flags = input[in];
        in += 2;
        in += (flags & 0x08) != 0 ? 8 : 0;
        in += (flags & 0x01) != 0 ? 4 : 0;
        in++;
        return (flags & 0x10) != 0;
    }

    private int int32() {
        int value = input[in] & 0xFF
                | (input[in + 1] & 0xFF) << 8
                | (input[in + 2] & 0xFF) << 16
                | (input[in + 3] & 0xFF) << 24;
        in += 4;
        return value;
    }

    private void block(int end) {
        while (in < end) {
            int token = input[in++] & 0xFF;
            literals(length(token >>> 4));
            if (in < end) {
                int distance = input[in] & 0xFF | (input[in + 1] & 0xFF) << 8;
                in += 2;
                repeat(distance, length(token & 0x0F) + LEAST_MATCH);
            }
        }
    }

    private int length(int start) {
        int length = start;
        if (start == 15) {
            int more;
            do {
                more = input[in++] & 0xFF;
                length += more;
            } while (more == 255);
        }
        return length;
    }

    private void literals(int length) {
        System.arraycopy(input, in, output, out, length);
        in += length;
        out += length;
    }

    /** Byte by byte, because the match may reach into what it writes. */
    private void repeat(int distance, int length) {
        if (distance == 0) {
            throw new IllegalArgumentException("a buffer compressed with LZ4 is damaged");
        }
        for (int i = 0; i < length; i++) {
            output[out] = output[out - distance];
            out++;
        }
    }
}
