package io.mldelivery.serving.http;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;

/** Compresses replies of more than a kilobyte for clients that accept gzip or deflate; small ones are not worth it. */
final class Compressor extends HttpContentCompressor {

    private static final int FROM_BYTES = 1024;

    Compressor() {
        super(FROM_BYTES, StandardCompressionOptions.gzip(), StandardCompressionOptions.deflate());
    }
}
