package io.mldelivery.serving.http;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * gRPC calls of one request and one reply, over HTTP/2: each body is one message after a byte that says whether it is
 * compressed (none is taken) and four with its length; the outcome is a status in the trailers.
 */
public final class Grpc {

    static final AsciiString TYPE = AsciiString.cached("application/grpc");
    private static final int PREFIX = 5;
    private static final String STATUS = "grpc-status";

    private Grpc() {}

    static boolean isCall(HttpHeaders headers) {
        return headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(TYPE.toString());
    }

    /** The message of a call; a view, valid until the reply is sent. */
    public static ByteBuffer message(Exchange exchange) {
        ByteBuf body = exchange.body();
        if (body.readableBytes() < PREFIX || body.getInt(body.readerIndex() + 1) != body.readableBytes() - PREFIX) {
            throw new ServingException(
                    ErrorCode.MALFORMED_BODY,
                    body.readableBytes() + " bytes are not one gRPC message",
                    "Call with one request message.");
        }
        if (body.getByte(body.readerIndex()) != 0) {
            throw new ServingException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The message is compressed with " + exchange.headers().get("grpc-encoding", "an unknown encoding"),
                    "Send messages without compression.");
        }
        return body.nioBuffer(body.readerIndex() + PREFIX, body.readableBytes() - PREFIX);
    }

    /** A call that succeeded. */
    public static Reply reply(byte[] message) {
        ByteBuf prefix = Unpooled.buffer(PREFIX).writeByte(0).writeInt(message.length);
        Reply reply = Reply.of(200, TYPE, Unpooled.wrappedBuffer(prefix, Unpooled.wrappedBuffer(message)));
        reply.trailers().set(STATUS, 0);
        return reply;
    }

    /** A call that failed: status and {@code CODE: message advice}. */
    public static Reply fault(ServingException fault) {
        Reply reply = Reply.of(200, TYPE, Unpooled.EMPTY_BUFFER);
        reply.headers().set(STATUS, status(fault.code()));
        reply.headers().set("grpc-message", encoded(fault.code() + ": " + fault.getMessage() + ". " + fault.advice()));
        if (fault.code() == ErrorCode.UNSUPPORTED_MEDIA_TYPE) {
            reply.headers().set("grpc-accept-encoding", "identity");
        }
        return reply;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case UNAUTHORIZED -> 16;
            case UNKNOWN_MODEL, UNKNOWN_VERSION -> 5;
            case UNKNOWN_PATH, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE -> 12;
            case REQUEST_TIMEOUT, DEADLINE_EXCEEDED -> 4;
            case CONFLICT -> 6;
            case BODY_TOO_LARGE, HEADERS_TOO_LARGE, OUT_OF_MEMORY -> 8;
            case MODEL_NOT_READY, QUEUE_FULL -> 14;
            default -> code.status() < 500 ? 3 : 13;
        };
    }

    /** Percent-encodes what is not printable ASCII. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each <= '~' && each != '%') {
                encoded.append((char) each);
            } else {
                encoded.append(String.format("%%%02X", each));
            }
        }
        return encoded.toString();
    }
}
