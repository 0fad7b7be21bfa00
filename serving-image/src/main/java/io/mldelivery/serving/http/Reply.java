package io.mldelivery.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.wire.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What is answered: status, type, body, further headers, and trailers, which only HTTP/2 carries. The body is released by
 * whoever sends it.
 */
public record Reply(int status, AsciiString type, ByteBuf body, HttpHeaders headers, HttpHeaders trailers) {

    public static final AsciiString JSON = AsciiString.cached("application/json");
    private static final AsciiString TEXT = AsciiString.cached("text/plain; version=0.0.4; charset=utf-8");
    private static final AsciiString OPEN_METRICS =
            AsciiString.cached("application/openmetrics-text; version=1.0.0; charset=utf-8");

    /** Writes a JSON document. */
    @FunctionalInterface
    public interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    public static Reply of(int status, AsciiString type, ByteBuf body) {
        return new Reply(status, type, body, new DefaultHttpHeaders(), new DefaultHttpHeaders());
    }

    public static Reply json(int status, Document document) {
        ByteBuf body = Unpooled.buffer(256);
        try (JsonGenerator json = Json.FACTORY.createGenerator((OutputStream) new ByteBufOutputStream(body))) {
            document.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(status, JSON, body);
    }

    /** Prometheus' text format. */
    public static Reply metrics(String text) {
        return of(200, TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** OpenMetrics' text format. */
    public static Reply openMetrics(String text) {
        return of(200, OPEN_METRICS, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** {@code {"code": .., "message": .., "advice": ..}} with the status of the code. */
    public static Reply fault(ServingException fault) {
        Reply reply = json(fault.code().status(), json -> {
            json.writeStartObject();
            json.writeStringField("code", fault.code().name());
            json.writeStringField("message", fault.getMessage());
            json.writeStringField("advice", fault.advice());
            json.writeEndObject();
        });
        if (fault.code().passes()) {
            reply.headers().set("Retry-After", "1");
        }
        return reply;
    }
}
