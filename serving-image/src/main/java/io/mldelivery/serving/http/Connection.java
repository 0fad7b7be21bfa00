package io.mldelivery.serving.http;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One client over HTTP/1.1, or one stream of HTTP/2: answers its requests one after the other, in order, also when they are
 * pipelined or when the client has closed its sending half. Lives on one event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Drainable {

    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final int MOST_PIPELINED = 64;

    private final Routes routes;
    private final Traffic traffic;
    private final Deque<FullHttpRequest> pipelined = new ArrayDeque<>();
    private FullHttpRequest current;
    private boolean inputClosed;

    Connection(Routes routes, Traffic traffic) {
        this.routes = routes;
        this.traffic = traffic;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pipelined.forEach(ReferenceCountUtil::release);
        pipelined.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        FullHttpRequest request = (FullHttpRequest) message;
        if (current == null) {
            begin(ctx, request);
            return;
        }
        pipelined.add(request);
        if (pipelined.size() >= MOST_PIPELINED) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void begin(ChannelHandlerContext ctx, FullHttpRequest request) {
        current = request;
        traffic.begun();
        Exchange exchange = new Exchange(
                request,
                ctx.channel() instanceof Http2StreamChannel,
                ctx.channel().eventLoop(),
                reply -> end(ctx, request, reply));
        try {
            checkDecoded(request);
            if (!routes.handle(exchange)) {
                throw new ServingException(
                        ErrorCode.UNKNOWN_PATH,
                        "Nothing at " + exchange.path(),
                        "Use POST /predictions/{model}, GET /health/ready or GET /ping.");
            }
        } catch (ServingException e) {
            exchange.fail(e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Cannot answer " + exchange.method() + " " + exchange.path(), e);
            exchange.fail(new ServingException(
                    ErrorCode.INTERNAL, "The server failed on this request", "Look into its log.", e));
        }
    }

    private static void checkDecoded(FullHttpRequest request) {
        if (request.decoderResult().isSuccess()) {
            return;
        }
        Throwable cause = request.decoderResult().cause();
        ErrorCode code =
                cause instanceof TooLongHttpHeaderException ? ErrorCode.HEADERS_TOO_LARGE : ErrorCode.MALFORMED_REQUEST;
        throw new ServingException(code, "No valid HTTP: " + cause.getMessage(), "Send an HTTP/1.1 request.");
    }

    private void end(ChannelHandlerContext ctx, FullHttpRequest request, Reply reply) {
        traffic.ended();
        boolean keep = HttpUtil.isKeepAlive(request)
                && request.decoderResult().isSuccess()
                && !traffic.draining()
                && !(inputClosed && pipelined.isEmpty());
        boolean head = request.method().name().equals("HEAD");
        request.release();
        current = null;
        var written = ctx.writeAndFlush(response(reply, keep, head));
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
            pipelined.forEach(ReferenceCountUtil::release);
            pipelined.clear();
        } else if (!pipelined.isEmpty()) {
            ctx.channel().config().setAutoRead(true);
            begin(ctx, pipelined.poll());
        }
    }

    private static FullHttpResponse response(Reply reply, boolean keep, boolean head) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                head ? reply.body().slice(0, 0) : reply.body());
        response.headers().set(reply.headers());
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.type());
        response.trailingHeaders().set(reply.trailers());
        if (reply.trailers().isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().readableBytes());
        }
        if (!keep) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputClosed = true;
            if (current == null) {
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void closeIfIdle(ChannelHandlerContext ctx) {
        if (current == null) {
            ctx.close();
        }
    }

    boolean busy() {
        return current != null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecompressionException) {
            ctx.writeAndFlush(response(Reply.fault(badCompression(cause)), false, false))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
            LOG.log(Level.DEBUG, "Connection lost: {0}", cause.getMessage());
        } else {
            LOG.log(Level.WARNING, "Connection closed after a failure", cause);
        }
        ctx.close();
    }

    private static ServingException badCompression(Throwable cause) {
        boolean large = String.valueOf(cause.getMessage()).contains("maximum size");
        return large
                ? new ServingException(
                        ErrorCode.BODY_TOO_LARGE, "The decompressed body is too large", "Send fewer rows at once.")
                : new ServingException(
                        ErrorCode.MALFORMED_BODY,
                        "The body cannot be decompressed: " + cause.getMessage(),
                        "Send the encoding that Content-Encoding names.");
    }
}
