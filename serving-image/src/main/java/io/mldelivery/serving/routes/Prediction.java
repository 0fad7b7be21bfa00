package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.log.LoggedPrediction;
import io.mldelivery.serving.model.LoadedModel;
import io.mldelivery.serving.schedule.Job;
import io.mldelivery.serving.store.ServedModel;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.trace.RequestTrace;
import io.mldelivery.serving.wire.Wanted;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request to one model, from its body to its reply, whatever the wire format. Holds the model until the reply is
 * sent; counts it whatever becomes of it, under the HTTP status that it has or, over gRPC, would have.
 */
final class Prediction implements Job.Outcome {

    private static final Logger LOG = System.getLogger(Prediction.class.getName());

    private final Exchange exchange;
    private final ServedModel model;
    private final PredictionContext context;
    private final Wire wire;
    private final String requestId;
    private final RequestTrace trace;
    private List<Tensor> inputs = List.of();
    private Optional<ByteBuffer> key = Optional.empty();
    private int status = 200;

    /** Reads the request and writes the reply in one wire format. */
    interface Wire {
        List<Tensor> read(Exchange exchange, Wanted wanted);

        Reply write(List<Tensor> outputs);

        default Reply fault(ServingException fault) {
            return Reply.fault(fault);
        }
    }

    private Prediction(Exchange exchange, ServedModel model, PredictionContext context, Wire wire) {
        this.exchange = exchange;
        this.model = model;
        this.context = context;
        this.wire = wire;
        this.trace = context.trace(exchange.headers(), model.key());
        this.requestId = RequestIds.of(exchange.headers(), context.log().isPresent());
    }

    /** Begins; the model must have been held. */
    static void begin(Exchange exchange, ServedModel model, PredictionContext context, Wire wire) {
        new Prediction(exchange, model, context, wire).begin();
    }

    private void begin() {
        try {
            long deadline = exchange.begun() + Deadlines.of(exchange, context.timeout());
            LoadedModel loaded = model.model();
            context.drill().perhapsFail();
            Wanted wanted = new Wanted(
                    loaded.signature(), loaded.columns(), loaded.options().allowNan(), context.mostBytes());
            trace.part("read");
            inputs = wire.read(exchange, wanted);
            trace.part("wait and compute");
            key = model.cache().key(inputs);
            Optional<List<Tensor>> kept = key.flatMap(model.cache()::find);
            if (kept.isPresent()) {
                reply(kept.get());
            } else {
                model.submit(new Job(inputs, deadline, exchange.loop(), this));
            }
        } catch (ServingException e) {
            failed(e);
        } catch (RuntimeException e) {
            model.release();
            throw e;
        }
    }

    @Override
    public void succeeded(List<Tensor> outputs) {
        key.ifPresent(digest -> model.cache().keep(digest, outputs));
        reply(outputs);
    }

    private void reply(List<Tensor> outputs) {
        Reply reply;
        trace.part("write");
        try {
            reply = wire.write(outputs);
            model.metrics().predicted(outputs);
            context.log().filter(log -> log.samples(requestId)).ifPresent(log -> log.add(logged(outputs)));
        } catch (ServingException e) {
            reply = told(e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Cannot write the reply of " + model.key(), e);
            reply = told(new ServingException(
                    ErrorCode.INTERNAL,
                    "The outputs of the model cannot be written",
                    "Look into the server's log.",
                    e));
        }
        finish(reply);
    }

    private LoggedPrediction logged(List<Tensor> outputs) {
        return new LoggedPrediction(
                Instant.now(), requestId, model.key(), model.model().columns(), inputs, outputs);
    }

    @Override
    public void failed(ServingException fault) {
        finish(told(fault));
    }

    private Reply told(ServingException fault) {
        model.metrics().failed(fault.code());
        status = fault.code().status();
        return wire.fault(fault);
    }

    private void finish(Reply reply) {
        reply.headers().set("X-Model-Version", model.key().version());
        if (!requestId.isEmpty()) {
            reply.headers().set(RequestIds.HEADER, requestId);
        }
        if (context.drill().delayNanos() > 0) {
            exchange.later(context.drill().delayNanos(), () -> send(reply));
        } else {
            send(reply);
        }
    }

    private void send(Reply reply) {
        trace.end(status);
        model.metrics().replied(status, System.nanoTime() - exchange.begun(), trace.sampledId());
        model.release();
        exchange.reply(reply);
    }
}
