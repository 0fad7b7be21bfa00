import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The floor: Netty, Gson and ONNX Runtime with nothing else. Arguments: model file, port. */
public final class BareNetty {

    public static void main(String[] arguments) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        OrtSession session = environment.createSession(arguments[0], options);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(1 << 20))
                                .addLast(new Handler(environment, session));
                    }
                })
                .bind(Integer.parseInt(arguments[1]))
                .sync();
    }

    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Gson gson = new Gson();
        private final OrtEnvironment environment;
        private final OrtSession session;
        private final String inputName;

        Handler(OrtEnvironment environment, OrtSession session) {
            this.environment = environment;
            this.session = session;
            this.inputName = session.getInputNames().iterator().next();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws Exception {
            String text = new String(ByteBufUtil.getBytes(request.content()), StandardCharsets.UTF_8);
            float[][] rows = gson.fromJson(gson.fromJson(text, JsonObject.class).get("inputs"), float[][].class);
            FloatBuffer flat = FloatBuffer.allocate(rows.length * rows[0].length);
            for (float[] row : rows) {
                flat.put(row);
            }
            try (OnnxTensor input =
                            OnnxTensor.createTensor(environment, flat.flip(), new long[] {rows.length, rows[0].length});
                    OrtSession.Result result = session.run(Map.of(inputName, input))) {
                byte[] body = gson.toJson(Map.of(
                                "label", result.get(0).getValue(), "probabilities", result.get(1).getValue()))
                        .getBytes(StandardCharsets.UTF_8);
                DefaultFullHttpResponse reply = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
                reply.headers().set("Content-Type", "application/json").set("Content-Length", body.length);
                context.writeAndFlush(reply);
            }
        }
    }
}
