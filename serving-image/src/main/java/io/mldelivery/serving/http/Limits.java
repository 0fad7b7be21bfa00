package io.mldelivery.serving.http;

import java.time.Duration;

/** What a client may do: bytes of a body and of all headers, time for sending one request, time without a request. */
public record Limits(int bodyBytes, int headerBytes, Duration requestTime, Duration idleTime) {

    public static final Limits DEFAULT = new Limits(16 << 20, 16 << 10, Duration.ofSeconds(10), Duration.ofSeconds(75));
}
