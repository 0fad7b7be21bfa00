package io.mldelivery.serving.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One HTTP/2 connection: when the server drains, the client is told to go away and its streams are answered. */
final class SharedConnection extends ChannelInboundHandlerAdapter implements Drainable {

    private boolean closing;

    /** The codec sends GOAWAY at once and closes when the last stream is done. */
    @Override
    public void closeIfIdle(ChannelHandlerContext ctx) {
        if (!closing) {
            closing = true;
            ctx.close();
        }
    }
}
