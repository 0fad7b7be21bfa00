package io.mldelivery.serving.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Cancels a stream of HTTP/2 whose request is not complete in time. */
final class StreamPatience extends ChannelInboundHandlerAdapter {

    private final Duration requestTime;
    private Future<?> alarm;

    StreamPatience(Duration requestTime) {
        this.requestTime = requestTime;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        alarm = ctx.executor().schedule(() -> cancel(ctx), requestTime.toNanos(), TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    private static void cancel(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }

    /** Called when the whole request has come. */
    void whole() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        whole();
        ctx.fireChannelInactive();
    }
}
