package io.mldelivery.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.function.Consumer;

/** Looks at a connection's first bytes: HTTP/2 begins with a text of its own, everything else is HTTP/1.1. */
final class ProtocolChoice extends ByteToMessageDecoder {

    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    private final Consumer<ChannelPipeline> http1;
    private final Consumer<ChannelPipeline> http2;

    ProtocolChoice(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {
        this.http1 = http1;
        this.http2 = http2;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int known = Math.min(in.readableBytes(), preface.readableBytes());
        boolean alike = ByteBufUtil.equals(preface, preface.readerIndex(), in, in.readerIndex(), known);
        if (alike && known < preface.readableBytes()) {
            return;
        }
        (alike ? http2 : http1).accept(ctx.pipeline());
        ctx.pipeline().remove(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        preface.release();
    }
}
