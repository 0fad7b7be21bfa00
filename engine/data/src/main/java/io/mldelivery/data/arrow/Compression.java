package io.mldelivery.data.arrow;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Expands compressed buffers: LZ4 frames and Zstandard. */
final class Compression {
    private static final int LZ4 = 0;
    private static final int ZSTD = 1;

    /** Neither method makes more than some hundred bytes of one, but for data that are all alike. */
    private static final long MOST_GROWTH = 1_000;

    private Compression() {}

    static ByteBuffer expand(int codec, ByteBuffer packed, int size) {
        if (size > (1 << 20) + MOST_GROWTH * packed.remaining()) {
            throw new IllegalArgumentException("a buffer of " + packed.remaining() + " bytes cannot hold " + size);
        }
        byte[] input = new byte[packed.remaining()];
        packed.get(0, input);
        byte[] output = new byte[size];
        int written = switch (codec) {
            case LZ4 -> new Lz4Frame(input, output).expand();
            case ZSTD -> new ZstdDecompressor().decompress(input, 0, input.length, output, 0, size);
            default -> throw new IllegalArgumentException("compression " + codec + " is not known");
        };
        if (written != size) {
            throw new IllegalArgumentException("a buffer has " + written + " bytes instead of " + size);
        }
        return ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    }
}
