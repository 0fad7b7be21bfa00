package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 without TLS, as clients with prior knowledge speak it. */
@Timeout(60)
class Http2Test {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stopClient() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private Channel connect(TestServer server) {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forClient().build())
                                .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel pushed) {}
                                }));
                    }
                })
                .connect("127.0.0.1", server.port())
                .syncUninterruptibly()
                .channel();
    }

    private static CompletableFuture<String> post(Channel connection, String path, String body) throws Exception {
        CompletableFuture<String> reply = new CompletableFuture<>();
        Http2StreamChannel stream =
                new Http2StreamChannelBootstrap(connection).open().get(5, TimeUnit.SECONDS);
        stream.pipeline()
                .addLast(new Http2StreamFrameToHttpObjectCodec(false))
                .addLast(new HttpObjectAggregator(1 << 20))
                .addLast(new SimpleChannelInboundHandler<FullHttpResponse>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse message) {
                        reply.complete(message.status().code() + " "
                                + message.content().toString(StandardCharsets.UTF_8));
                    }
                });
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        request.headers().set("Host", "localhost").set("Content-Type", "application/json");
        stream.writeAndFlush(request);
        return reply;
    }

    @Test
    void shouldAnswerManyRequestsOfOneConnectionAtOnce() throws Exception {
        try (TestServer server = TestServer.startCancer()) {
            String expected = "200 "
                    + server.post("/predictions/cancer", TestServer.cancerRows(1))
                            .body();
            Channel connection = connect(server);

            List<CompletableFuture<String>> replies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                replies.add(post(connection, "/predictions/cancer", TestServer.cancerRows(1)));
            }

            for (CompletableFuture<String> reply : replies) {
                assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
            assertThat(post(connection, "/predictions/nobody", "[[1]]").get(10, TimeUnit.SECONDS))
                    .startsWith("404 ")
                    .contains("UNKNOWN_MODEL");
        }
    }

    @Test
    void shouldAnswerWhatHasBegunWhenItDrains() throws Exception {
        TestServer server = TestServer.startCancer("--drill", "latency=1000ms");
        Channel connection = connect(server);
        CompletableFuture<String> reply = post(connection, "/predictions/cancer", TestServer.cancerRows(1));
        while (!server.metrics().contains("mldelivery_predicted_classes_total")) {
            Thread.sleep(10);
        }

        server.stop();

        assertThat(reply.get(10, TimeUnit.SECONDS)).startsWith("200 ");
        assertThat(connection.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
    }
}
