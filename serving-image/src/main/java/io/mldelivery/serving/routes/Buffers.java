package io.mldelivery.serving.routes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Where reply bodies are written. */
final class Buffers {

    private static final int USUAL_REPLY = 256;

    private Buffers() {}

    static ByteBuf allocate() {
        return ByteBufAllocator.DEFAULT.directBuffer(USUAL_REPLY);
    }
}
