package io.mldelivery.serving.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.ServedModel;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import io.mldelivery.serving.wire.DataTypes;
import io.mldelivery.serving.wire.InferReader;
import io.mldelivery.serving.wire.InferReply;
import io.mldelivery.serving.wire.InferRequest;
import io.mldelivery.serving.wire.Wanted;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Open Inference Protocol, version 2, with its binary data extension, under {@code /v2}. */
public final class OpenInference implements Routes {

    static final String SERVER = "mldelivery-serving";
    static final String SERVER_VERSION = "0.1.0";

    private static final Pattern MODEL = Pattern.compile("/v2/models/([^/]+)(?:/versions/([^/]+))?(/ready|/infer)?");
    private static final AsciiString BINARY = AsciiString.cached("application/octet-stream");
    private static final String HEADER_LENGTH = "Inference-Header-Content-Length";

    private final ModelStore models;
    private final PredictionContext context;
    private final Health health;

    public OpenInference(ModelStore models, PredictionContext context, Health health) {
        this.models = models;
        this.context = context;
        this.health = health;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.path();
        if (!path.equals("/v2") && !path.startsWith("/v2/")) {
            return false;
        }
        try {
            route(exchange, path);
        } catch (ServingException e) {
            exchange.reply(error(e));
        }
        return true;
    }

    private void route(Exchange exchange, String path) {
        switch (path) {
            case "/v2" -> get(exchange, 200, OpenInference::describeServer);
            case "/v2/health/live" -> get(exchange, 200, json -> flag(json, "live", true));
            case "/v2/health/ready" -> {
                boolean ready = health.ready();
                get(exchange, ready ? 200 : 503, json -> flag(json, "ready", ready));
            }
            default -> model(exchange, path);
        }
    }

    private void model(Exchange exchange, String path) {
        Matcher matcher = MODEL.matcher(path);
        if (!matcher.matches()) {
            throw new ServingException(
                    ErrorCode.UNKNOWN_PATH, "Nothing at " + path, "Use POST /v2/models/{model}/infer.");
        }
        String action = Optional.ofNullable(matcher.group(3)).orElse("");
        if (action.equals("/infer")) {
            infer(exchange, matcher);
            return;
        }
        ServedModel model = find(matcher);
        if (action.equals("/ready")) {
            get(exchange, model.ready() ? 200 : 503, json -> flag(json, "ready", model.ready()));
        } else {
            get(exchange, 200, json -> describe(json, model));
        }
    }

    private ServedModel find(Matcher matcher) {
        return matcher.group(2) == null
                ? models.find(matcher.group(1))
                : models.find(matcher.group(1), matcher.group(2));
    }

    private void infer(Exchange exchange, Matcher matcher) {
        exchange.require("POST");
        ServedModel model = Routing.hold(context, () -> find(matcher));
        Prediction.begin(exchange, model, context, new Wire(model));
    }

    private static void get(Exchange exchange, int status, Reply.Document document) {
        exchange.require("GET");
        exchange.reply(Reply.json(status, document));
    }

    private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
        json.writeStartObject();
        json.writeBooleanField(name, value);
        json.writeEndObject();
    }

    private static void describeServer(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", SERVER);
        json.writeStringField("version", SERVER_VERSION);
        json.writeArrayFieldStart("extensions");
        json.writeString("binary_tensor_data");
        json.writeEndArray();
        json.writeEndObject();
    }

    private void describe(JsonGenerator json, ServedModel model) throws IOException {
        var signature = model.model().signature();
        json.writeStartObject();
        json.writeStringField("name", model.key().name());
        json.writeArrayFieldStart("versions");
        for (ServedModel other : models.all()) {
            if (other.key().name().equals(model.key().name())) {
                json.writeString(other.key().version());
            }
        }
        json.writeEndArray();
        json.writeStringField("platform", model.model().platform());
        describe(json, "inputs", signature.inputs());
        describe(json, "outputs", signature.outputs());
        json.writeEndObject();
    }

    private static void describe(JsonGenerator json, String field, List<TensorSpec> specs) throws IOException {
        json.writeArrayFieldStart(field);
        for (TensorSpec spec : specs) {
            json.writeStartObject();
            json.writeStringField("name", spec.name());
            json.writeStringField("datatype", DataTypes.name(spec.type()));
            json.writeFieldName("shape");
            json.writeArray(spec.shape(), 0, spec.shape().length);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The protocol wants {@code {"error": ..}}; the code is ours. */
    private static Reply error(ServingException fault) {
        Reply reply = Reply.json(fault.code().status(), json -> {
            json.writeStartObject();
            json.writeStringField("error", fault.getMessage());
            json.writeStringField("code", fault.code().name());
            json.writeStringField("advice", fault.advice());
            json.writeEndObject();
        });
        if (fault.code().passes()) {
            reply.headers().set("Retry-After", "1");
        }
        return reply;
    }

    /** Infer requests and replies. */
    private static final class Wire implements Prediction.Wire {

        private final ServedModel model;
        private InferRequest request;

        Wire(ServedModel model) {
            this.model = model;
        }

        @Override
        public List<Tensor> read(Exchange exchange, Wanted wanted) {
            byte[] body = ByteBufUtil.getBytes(exchange.body());
            request = InferReader.read(body, exchange.headers().getInt(HEADER_LENGTH, body.length), wanted);
            return request.inputs();
        }

        @Override
        public Reply write(List<Tensor> outputs) {
            InferReply reply = InferReply.of(model.key().name(), model.key().version(), request, outputs);
            Reply http = Reply.of(200, reply.binary() ? BINARY : Reply.JSON, Unpooled.wrappedBuffer(reply.body()));
            if (reply.binary()) {
                http.headers().set(HEADER_LENGTH, reply.jsonLength());
            }
            return http;
        }

        @Override
        public Reply fault(ServingException fault) {
            return error(fault);
        }
    }
}
