package io.mldelivery.serving.http;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.net.InetSocketAddress;

/** A listening port with its routes, for HTTP/1.1 and for HTTP/2 without TLS from clients that begin with it. */
public final class HttpServer {

    private static final int MOST_STREAMS = 256;

    private final Channel channel;

    private HttpServer(Channel channel) {
        this.channel = channel;
    }

    /** Binds; port 0 takes a free one. A taken port fails with BAD_OPTION. */
    public static HttpServer bind(
            InetSocketAddress address, EventLoopGroup loops, Limits limits, Traffic traffic, Routes routes) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new Pipeline(limits, traffic, routes));
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    "Choose another port; 0 takes a free one.",
                    bound.cause());
        }
        return new HttpServer(bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Accepts no new connections; those that are open stay. */
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final Limits limits;
        private final Traffic traffic;
        private final Routes routes;

        Pipeline(Limits limits, Traffic traffic, Routes routes) {
            this.limits = limits;
            this.traffic = traffic;
            this.routes = routes;
        }

        @Override
        protected void initChannel(SocketChannel client) {
            traffic.opened(client);
            client.pipeline().addLast(new Patience(limits)).addLast(new ProtocolChoice(this::http1, this::http2));
        }

        private void http1(ChannelPipeline pipeline) {
            pipeline.addLast(new HttpServerCodec(
                    new HttpDecoderConfig().setMaxInitialLineLength(4096).setMaxHeaderSize(limits.headerBytes())));
            messages(pipeline, pipeline.get(Patience.class)::whole);
        }

        private void http2(ChannelPipeline pipeline) {
            pipeline.get(Patience.class).leaveToStreams();
            pipeline.addLast(Http2FrameCodecBuilder.forServer()
                            .gracefulShutdownTimeoutMillis(-1) // the server's grace period ends it
                            .initialSettings(Http2Settings.defaultSettings()
                                    .maxConcurrentStreams(MOST_STREAMS)
                                    .maxHeaderListSize(limits.headerBytes()))
                            .build())
                    .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel stream) {
                            StreamPatience patience = new StreamPatience(limits.requestTime());
                            stream.pipeline().addLast(patience).addLast(new Http2StreamFrameToHttpObjectCodec(true));
                            messages(stream.pipeline(), patience::whole);
                        }
                    }))
                    .addLast(new SharedConnection());
        }

        private void messages(ChannelPipeline pipeline, Runnable whole) {
            pipeline.addLast(new Compressor())
                    .addLast(new HttpContentDecompressor(limits.bodyBytes()))
                    .addLast(new Body(limits.bodyBytes()))
                    .addLast(new Whole(whole))
                    .addLast(new Connection(routes, traffic));
        }
    }

    /** Tells that a request is complete. */
    private static final class Whole extends ChannelInboundHandlerAdapter {

        private final Runnable listener;

        Whole(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            listener.run();
            ctx.fireChannelRead(message);
        }
    }
}
