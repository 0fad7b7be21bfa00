package io.mldelivery.serving.routes;

import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.metrics.Metrics;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;

/**
 * {@code GET /metrics} in Prometheus' text format, or as Accept asks for it: in its protobuf format, as Prometheus does when
 * it takes native histograms, or in OpenMetrics. Both have exemplars.
 */
public final class MetricsRoute implements Routes {

    private static final String PROTOBUF = "application/vnd.google.protobuf";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final AsciiString PROTOBUF_TYPE =
            AsciiString.cached(PROTOBUF + "; proto=io.prometheus.client.MetricFamily; encoding=delimited");

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
        exchange.reply(reply(exchange.headers().get(HttpHeaderNames.ACCEPT, "")));
        return true;
    }

    private Reply reply(String accept) {
        if (accept.contains(PROTOBUF)) {
            return Reply.of(200, PROTOBUF_TYPE, Unpooled.wrappedBuffer(metrics.protobuf()));
        }
        return accept.contains(OPEN_METRICS) ? Reply.openMetrics(metrics.openMetrics()) : Reply.metrics(metrics.text());
    }
}
