package io.mldelivery.serving.http;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One request and the promise of one reply, which may come later and from any thread. */
public final class Exchange {

    private final FullHttpRequest request;
    private final boolean http2;
    private final EventLoop loop;
    private final Consumer<Reply> connection;
    private final long begun = System.nanoTime();
    private final AtomicBoolean replied = new AtomicBoolean();

    Exchange(FullHttpRequest request, boolean http2, EventLoop loop, Consumer<Reply> connection) {
        this.request = request;
        this.http2 = http2;
        this.loop = loop;
        this.connection = connection;
    }

    public String method() {
        return request.method().name();
    }

    /** The path without the query. */
    public String path() {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** The query without the question mark; empty for none. */
    public String query() {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? "" : uri.substring(query + 1);
    }

    /** Whether it came over HTTP/2, so that the reply may have trailers. */
    public boolean http2() {
        return http2;
    }

    public HttpHeaders headers() {
        return request.headers();
    }

    /** The whole body; valid until the reply is sent. */
    public ByteBuf body() {
        return request.content();
    }

    /** When the request was complete, on the clock of {@link System#nanoTime}. */
    public long begun() {
        return begun;
    }

    /** Sends the reply; only the first one counts. */
    public void reply(Reply reply) {
        if (!replied.compareAndSet(false, true)) {
            reply.body().release();
            return;
        }
        if (loop.inEventLoop()) {
            connection.accept(reply);
        } else {
            loop.execute(() -> connection.accept(reply));
        }
    }

    public void fail(ServingException fault) {
        reply(Reply.fault(fault));
    }

    /** Runs actions on this connection's thread. */
    public Executor loop() {
        return loop;
    }

    /** Runs an action on this connection's thread after a while, without holding a thread. */
    public void later(long nanos, Runnable action) {
        loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    /** Fails with METHOD_NOT_ALLOWED for another method. */
    public void require(String method) {
        if (!method().equals(method)) {
            throw new ServingException(
                    ErrorCode.METHOD_NOT_ALLOWED, method() + " " + path() + " is not possible", "Use " + method + ".");
        }
    }
}
