package io.mldelivery.serving.routes;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.ThreadLocalRandom;

/** {@code X-Request-Id}: the client's, or one of ours where it is needed. */
final class RequestIds {

    static final String HEADER = "X-Request-Id";
    private static final int LONGEST = 128;

    private RequestIds() {}

    /** The id of a request; empty where it has none and none is needed. An id that is no plain short text is replaced. */
    static String of(HttpHeaders headers, boolean needed) {
        String given = headers.get(HEADER, "");
        if (!given.isEmpty() && given.length() <= LONGEST && given.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return given;
        }
        return needed || !given.isEmpty() ? random() : "";
    }

    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }
}
