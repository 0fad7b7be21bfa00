package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.LoadedModel;
import io.mldelivery.serving.schedule.Job;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.ServedModel;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.wire.PredictionJson;
import io.mldelivery.serving.wire.ReplyJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** {@code POST /predictions/{model}[/{version}]} and {@code POST /invocations}. */
public final class Predictions implements Routes {

    private static final String PREFIX = "/predictions/";
    private static final String INVOCATIONS = "/invocations";

    private final ModelStore models;
    private final RequestMetrics requests;
    private final Drill drill;
    private final Duration timeout;

    /** The timeout counts for requests that bring none of their own. */
    public Predictions(ModelStore models, Metrics metrics, Drill drill, Duration timeout) {
        this.models = models;
        this.requests = new RequestMetrics(metrics);
        this.drill = drill;
        this.timeout = timeout;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.path();
        boolean invocations = path.equals(INVOCATIONS);
        if (!invocations && !path.startsWith(PREFIX)) {
            return false;
        }
        exchange.require("POST");
        ServedModel model = route(invocations, path);
        Prediction prediction =
                new Prediction(exchange, model, invocations ? ReplyJson::writeNamed : ReplyJson::writeKeyed);
        prediction.begin();
        return true;
    }

    private ServedModel route(boolean invocations, String path) {
        try {
            ServedModel model = invocations ? models.only() : find(path.substring(PREFIX.length()));
            if (!model.hold()) {
                throw new ServingException(
                        ErrorCode.UNKNOWN_VERSION, model.key() + " is being removed", "Use another version.");
            }
            return model;
        } catch (ServingException e) {
            requests.observeUnknown(e.code().status());
            throw e;
        }
    }

    private ServedModel find(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? models.find(rest) : models.find(rest.substring(0, slash), rest.substring(slash + 1));
    }

    /** One request to one model. */
    private final class Prediction implements Job.Outcome {

        private final Exchange exchange;
        private final ServedModel model;
        private final BiConsumer<OutputStream, List<Tensor>> writer;

        Prediction(Exchange exchange, ServedModel model, BiConsumer<OutputStream, List<Tensor>> writer) {
            this.exchange = exchange;
            this.model = model;
            this.writer = writer;
        }

        void begin() {
            try {
                long deadline = exchange.begun() + Deadlines.of(exchange.headers(), timeout);
                LoadedModel loaded = model.model();
                drill.perhapsFail();
                model.submit(new Job(read(loaded), deadline, this));
            } catch (ServingException e) {
                failed(e);
            } catch (RuntimeException e) {
                model.release();
                throw e;
            }
        }

        private List<Tensor> read(LoadedModel loaded) {
            MediaTypes.requireJson(exchange.headers());
            return new PredictionJson(loaded.signature(), loaded.options().allowNan())
                    .read(new ByteBufInputStream(exchange.body()));
        }

        @Override
        public void succeeded(List<Tensor> outputs) {
            ByteBuf body = Buffers.allocate();
            writer.accept(new ByteBufOutputStream(body), outputs);
            finish(Reply.of(200, Reply.JSON, body));
        }

        @Override
        public void failed(ServingException fault) {
            finish(Reply.fault(fault));
        }

        private void finish(Reply reply) {
            reply.headers().set("X-Model-Version", model.key().version());
            if (drill.delayNanos() > 0) {
                exchange.later(drill.delayNanos(), () -> send(reply));
            } else {
                send(reply);
            }
        }

        private void send(Reply reply) {
            requests.observe(model.key(), reply.status(), System.nanoTime() - exchange.begun());
            model.release();
            exchange.reply(reply);
        }
    }
}
