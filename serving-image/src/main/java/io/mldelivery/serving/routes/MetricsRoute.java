package io.mldelivery.serving.routes;

import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.metrics.Metrics;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;

/**
 * {@code GET /metrics} in Prometheus' text format, or in its protobuf format where Accept asks for it, as Prometheus does
 * when it takes native histograms.
 */
public final class MetricsRoute implements Routes {

    private static final String PROTOBUF = "application/vnd.google.protobuf";
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
        boolean protobuf = exchange.headers().get(HttpHeaderNames.ACCEPT, "").contains(PROTOBUF);
        exchange.reply(
                protobuf
                        ? Reply.of(200, PROTOBUF_TYPE, Unpooled.wrappedBuffer(metrics.protobuf()))
                        : Reply.metrics(metrics.text()));
        return true;
    }
}
