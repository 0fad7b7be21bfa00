package io.mldelivery.serving.http;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Compresses replies of more than a kilobyte for clients that accept gzip or deflate; small ones are not worth it, and
 * gRPC has a compression of its own.
 */
final class Compressor extends HttpContentCompressor {

    private static final int FROM_BYTES = 1024;

    Compressor() {
        super(FROM_BYTES, StandardCompressionOptions.gzip(), StandardCompressionOptions.deflate());
    }

    @Override
    protected Result beginEncode(HttpResponse response, String acceptEncoding) throws Exception {
        boolean grpc = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(Grpc.TYPE.toString());
        return grpc ? null : super.beginEncode(response, acceptEncoding);
    }
}
