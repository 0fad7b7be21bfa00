package io.mldelivery.serving.metrics;

import io.mldelivery.serving.protobuf.ProtobufWriter;
import java.math.BigDecimal;
import java.time.Instant;

/** One observed value and the trace it belongs to, so that one can go from a slow bucket to a request in it. */
record Exemplar(double value, String traceId, Instant at) {

    private static final String LABEL = "trace_id";

    /** As OpenMetrics writes it behind a bucket. */
    String text() {
        return " # {" + LABEL + "=\"" + traceId + "\"} " + Numbers.plain(value) + ' '
                + BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString();
    }

    /** The message {@code io.prometheus.client.Exemplar}. */
    void write(ProtobufWriter to) {
        to.message(1, label -> label.text(1, LABEL).text(2, traceId)).number(2, value);
        to.message(3, time -> time.unsigned(1, at.getEpochSecond()).unsigned(2, at.getNano()));
    }
}
