package io.mldelivery.serving.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;

/** What ends a connection when the server drains. */
interface Drainable extends ChannelHandler {

    /** Closes the connection unless it has something to answer; asked again and again until it is closed. */
    void closeIfIdle(ChannelHandlerContext ctx);
}
