package io.mldelivery.serving.routes;

import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.metrics.Metrics;

/** {@code GET /metrics} in Prometheus' text format. */
public final class MetricsRoute implements Routes {

    private final Metrics metrics;

    public MetricsRoute(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Exchange exchange) {
        if (!exchange.path().equals("/metrics")) {
            return false;
        }
        exchange.require("GET");
        exchange.reply(Reply.metrics(metrics.text()));
        return true;
    }
}
