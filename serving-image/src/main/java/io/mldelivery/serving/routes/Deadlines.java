package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code X-Request-Timeout}: seconds as a decimal ({@code 0.25}) or with a unit ({@code 250ms}, {@code 2s}). */
final class Deadlines {

    private static final String HEADER = "X-Request-Timeout";

    private Deadlines() {}

    /** Nanoseconds the request may take. */
    static long of(HttpHeaders headers, Duration otherwise) {
        String text = headers.get(HEADER);
        return text == null ? otherwise.toNanos() : parse(text.trim());
    }

    private static long parse(String text) {
        boolean millis = text.endsWith("ms");
        String number = millis
                ? text.substring(0, text.length() - 2)
                : text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        if (!number.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new ServingException(
                    ErrorCode.MALFORMED_REQUEST, HEADER + " is '" + text + "'", "Give seconds such as 0.25, or 250ms.");
        }
        double unit = millis ? TimeUnit.MILLISECONDS.toNanos(1) : TimeUnit.SECONDS.toNanos(1);
        return (long) (Double.parseDouble(number) * unit);
    }
}
