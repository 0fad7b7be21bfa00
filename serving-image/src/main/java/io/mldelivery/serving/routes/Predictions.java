package io.mldelivery.serving.routes;

import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.ServedModel;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.wire.ReplyFormat;
import io.mldelivery.serving.wire.RequestFormat;
import io.mldelivery.serving.wire.Wanted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.List;

/** {@code POST /predictions/{model}[/{version}]} as upstream DJL Serving, {@code POST /invocations} as MLflow. */
public final class Predictions implements Routes {

    private static final String PREFIX = "/predictions/";
    private static final String INVOCATIONS = "/invocations";

    private final ModelStore models;
    private final PredictionContext context;

    public Predictions(ModelStore models, PredictionContext context) {
        this.models = models;
        this.context = context;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.path();
        boolean invocations = path.equals(INVOCATIONS);
        if (!invocations && !path.startsWith(PREFIX)) {
            return false;
        }
        exchange.require("POST");
        ServedModel model =
                Routing.hold(context, () -> invocations ? models.only() : find(path.substring(PREFIX.length())));
        Prediction.begin(
                exchange,
                model,
                context,
                new Wire(invocations ? ReplyFormat.NAMED_JSON : ReplyFormat.KEYED_JSON, exchange));
        return true;
    }

    private ServedModel find(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? models.find(rest) : models.find(rest.substring(0, slash), rest.substring(slash + 1));
    }

    /** Formats by Content-Type and Accept. */
    private static final class Wire implements Prediction.Wire {

        private final ReplyFormat json;
        private final String accept;
        private ReplyFormat format;

        Wire(ReplyFormat json, Exchange exchange) {
            this.json = json;
            this.format = json;
            this.accept = exchange.headers().get(HttpHeaderNames.ACCEPT, "");
        }

        @Override
        public List<Tensor> read(Exchange exchange, Wanted wanted) {
            RequestFormat request = RequestFormat.of(MediaTypes.of(exchange.headers()));
            format = ReplyFormat.of(accept, request, json);
            return request.read(new ByteBufInputStream(exchange.body()), wanted);
        }

        @Override
        public Reply write(List<Tensor> outputs) {
            ByteBuf body = Buffers.allocate();
            format.write(new ByteBufOutputStream(body), outputs);
            AsciiString type = format == json ? Reply.JSON : AsciiString.of(format.mediaType());
            return Reply.of(200, type, body);
        }
    }
}
