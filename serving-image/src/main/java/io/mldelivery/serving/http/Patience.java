package io.mldelivery.serving.http;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that send a request too slowly (408) or nothing for long. Stands before the HTTP codec; looks at
 * the clock once a second and not with every request.
 */
final class Patience extends ChannelDuplexHandler {

    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private long firstByte;
    private long lastByte = System.nanoTime();
    private boolean partial;
    private boolean left;
    private Future<?> check;

    Patience(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long period = Math.min(CHECK_NANOS, Math.max(1, limits.requestTime().toNanos() / 4));
        check = ctx.executor().scheduleWithFixedDelay(() -> check(ctx), period, period, TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        check.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastByte = System.nanoTime();
        if (!partial) {
            partial = true;
            firstByte = lastByte;
        }
        ctx.fireChannelRead(message);
    }

    /** Called when a whole request has come. */
    void whole() {
        partial = false;
    }

    /** From now on several requests share the connection, each with a {@link StreamPatience}; only silence ends it. */
    void leaveToStreams() {
        left = true;
    }

    private void check(ChannelHandlerContext ctx) {
        if (left) {
            checkSilence(ctx);
            return;
        }
        Connection connection = ctx.pipeline().get(Connection.class);
        if (connection != null && connection.busy()) {
            lastByte = System.nanoTime();
            firstByte = lastByte;
            return;
        }
        long now = System.nanoTime();
        if (partial && now - firstByte >= limits.requestTime().toNanos()) {
            ctx.writeAndFlush(tooSlow()).addListener(ChannelFutureListener.CLOSE);
        } else if (!partial && now - lastByte >= limits.idleTime().toNanos()) {
            ctx.close();
        }
    }

    private void checkSilence(ChannelHandlerContext ctx) {
        if (System.nanoTime() - lastByte >= limits.idleTime().toNanos()) {
            ctx.close();
        }
    }

    private ByteBuf tooSlow() {
        Reply reply = Reply.fault(new ServingException(
                ErrorCode.REQUEST_TIMEOUT,
                "The request was not complete after " + limits.requestTime().toSeconds() + " s",
                "Send it faster."));
        String head = "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nContent-Length: "
                + reply.body().readableBytes() + "\r\nConnection: close\r\n\r\n";
        return Unpooled.wrappedBuffer(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII), reply.body());
    }
}
