package io.mldelivery.serving.routes;

import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.log.Label;
import io.mldelivery.serving.log.LabelReader;
import io.mldelivery.serving.log.PredictionLog;
import io.netty.buffer.ByteBufInputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code POST /feedback}: labels for earlier requests, joined by request id. Exists where there is a prediction log. */
public final class Feedback implements Routes {

    private final Optional<PredictionLog> log;
    private final Clock clock;

    public Feedback(Optional<PredictionLog> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public boolean handle(Exchange exchange) {
        if (log.isEmpty() || !exchange.path().equals("/feedback")) {
            return false;
        }
        exchange.require("POST");
        List<Label> labels = LabelReader.read(new ByteBufInputStream(exchange.body()), clock.instant());
        long joined = labels.stream()
                .filter(label -> log.get().label(label).isPresent())
                .count();
        exchange.reply(Reply.json(202, json -> {
            json.writeStartObject();
            json.writeNumberField("accepted", labels.size());
            json.writeNumberField("joined", joined);
            json.writeEndObject();
        }));
        return true;
    }
}
