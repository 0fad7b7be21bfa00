package io.mldelivery.serving.http;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Gathers the body of a request up to the limit; a larger one is refused before it is read. */
final class Body extends HttpObjectAggregator {

    private final int limit;

    Body(int limit) {
        super(limit);
        this.limit = limit;
    }

    @Override
    protected Object newContinueResponse(HttpMessage start, int most, ChannelPipeline pipeline) {
        return HttpUtil.is100ContinueExpected(start) && HttpUtil.getContentLength(start, -1L) > most
                ? refusal()
                : super.newContinueResponse(start, most, pipeline);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        FullHttpResponse response = Grpc.isCall(oversized.headers()) ? grpcRefusal() : refusal();
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private FullHttpResponse refusal() {
        Reply reply = Reply.fault(tooLarge());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, reply.body());
        response.headers().set("Content-Type", Reply.JSON);
        response.headers().set("Content-Length", reply.body().readableBytes());
        response.headers().set("Connection", "close");
        return response;
    }

    private FullHttpResponse grpcRefusal() {
        Reply reply = Grpc.fault(tooLarge());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, reply.body());
        response.headers().set(reply.headers()).set("Content-Type", Grpc.TYPE);
        return response;
    }

    private ServingException tooLarge() {
        return new ServingException(
                ErrorCode.BODY_TOO_LARGE,
                "The body is larger than " + limit + " bytes",
                "Send fewer rows at once, or start the server with a larger --max-body.");
    }
}
