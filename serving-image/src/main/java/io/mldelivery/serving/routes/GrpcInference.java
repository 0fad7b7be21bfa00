package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Grpc;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.protobuf.ProtobufReader;
import io.mldelivery.serving.protobuf.ProtobufWriter;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.ServedModel;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import io.mldelivery.serving.wire.DataTypes;
import io.mldelivery.serving.wire.InferMessage;
import io.mldelivery.serving.wire.InferReplyMessage;
import io.mldelivery.serving.wire.InferRequest;
import io.mldelivery.serving.wire.Wanted;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The Open Inference Protocol, version 2, over gRPC: the service {@code inference.GRPCInferenceService} on the port of the
 * predictions. Calls go the same way as HTTP requests: same queues, limits, deadlines ({@code grpc-timeout}) and counts.
 */
public final class GrpcInference implements Routes {

    private static final String SERVICE = "/inference.GRPCInferenceService/";

    private final ModelStore models;
    private final PredictionContext context;
    private final Health health;

    public GrpcInference(ModelStore models, PredictionContext context, Health health) {
        this.models = models;
        this.context = context;
        this.health = health;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.path();
        if (!path.startsWith(SERVICE)) {
            return false;
        }
        if (!exchange.http2()) {
            throw new ServingException(
                    ErrorCode.MALFORMED_REQUEST, "gRPC is spoken over HTTP/2", "Call with a gRPC client, or use /v2.");
        }
        try {
            call(exchange, path.substring(SERVICE.length()));
        } catch (ServingException e) {
            exchange.reply(Grpc.fault(e));
        }
        return true;
    }

    private void call(Exchange exchange, String method) {
        ByteBuffer message = Grpc.message(exchange);
        switch (method) {
            case "ServerLive" -> flag(exchange, true);
            case "ServerReady" -> flag(exchange, health.ready());
            case "ServerMetadata" -> answer(exchange, server());
            case "ModelReady" -> flag(exchange, model(message).ready());
            case "ModelMetadata" -> answer(exchange, describe(model(message)));
            case "ModelInfer" -> infer(exchange, message);
            default ->
                throw new ServingException(
                        ErrorCode.UNKNOWN_PATH,
                        "No method " + method,
                        "Call ServerLive, ServerReady, ServerMetadata, ModelReady, ModelMetadata or ModelInfer.");
        }
    }

    private static void flag(Exchange exchange, boolean value) {
        answer(exchange, new ProtobufWriter().unsigned(1, value ? 1 : 0));
    }

    private static void answer(Exchange exchange, ProtobufWriter message) {
        exchange.reply(Grpc.reply(message.toByteArray()));
    }

    private static ProtobufWriter server() {
        return new ProtobufWriter().text(1, OpenInference.SERVER).text(2, OpenInference.SERVER_VERSION);
    }

    /** The model that a request of name and version asks for. */
    private ServedModel model(ByteBuffer message) {
        String name = "";
        String version = "";
        ProtobufReader fields = new ProtobufReader(message);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> name = fields.text();
                case 2 -> version = fields.text();
                default -> fields.skip();
            }
        }
        return find(name, Optional.of(version).filter(text -> !text.isEmpty()));
    }

    private ServedModel find(String name, Optional<String> version) {
        return version.map(wanted -> models.find(name, wanted)).orElseGet(() -> models.find(name));
    }

    private ProtobufWriter describe(ServedModel model) {
        var signature = model.model().signature();
        ProtobufWriter message = new ProtobufWriter().text(1, model.key().name());
        for (ServedModel other : models.all()) {
            if (other.key().name().equals(model.key().name())) {
                message.text(2, other.key().version());
            }
        }
        message.text(3, model.model().platform());
        describe(message, 4, signature.inputs());
        describe(message, 5, signature.outputs());
        return message;
    }

    private static void describe(ProtobufWriter message, int field, List<TensorSpec> specs) {
        for (TensorSpec spec : specs) {
            message.message(
                    field,
                    tensor -> tensor.text(1, spec.name())
                            .text(2, DataTypes.name(spec.type()))
                            .packed(3, spec.shape()));
        }
    }

    private void infer(Exchange exchange, ByteBuffer bytes) {
        InferMessage message = InferMessage.parse(bytes);
        ServedModel model = Routing.hold(context, () -> find(message.model(), message.version()));
        Prediction.begin(exchange, model, context, new Wire(model, message));
    }

    /** Infer messages and their replies. */
    private static final class Wire implements Prediction.Wire {

        private final ServedModel model;
        private final InferMessage message;
        private InferRequest request;

        Wire(ServedModel model, InferMessage message) {
            this.model = model;
            this.message = message;
        }

        @Override
        public List<Tensor> read(Exchange exchange, Wanted wanted) {
            request = message.request(wanted);
            return request.inputs();
        }

        @Override
        public Reply write(List<Tensor> outputs) {
            return Grpc.reply(
                    InferReplyMessage.of(model.key().name(), model.key().version(), request, outputs));
        }

        @Override
        public Reply fault(ServingException fault) {
            return Grpc.fault(fault);
        }
    }
}
