package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * {@code X-Request-Timeout}: seconds as a decimal ({@code 0.25}) or with a unit ({@code 250ms}, {@code 2s}); and what gRPC
 * clients send for their deadline, {@code grpc-timeout: 250m}.
 */
final class Deadlines {

    private static final String HEADER = "X-Request-Timeout";
    private static final String GRPC_HEADER = "grpc-timeout";

    private Deadlines() {}

    /** Nanoseconds the request may take. */
    static long of(Exchange exchange, Duration otherwise) {
        String text = exchange.headers().get(HEADER);
        if (text != null) {
            return parse(text.trim());
        }
        String grpc = exchange.http2() ? exchange.headers().get(GRPC_HEADER) : null;
        return grpc == null ? otherwise.toNanos() : parseGrpc(grpc);
    }

    private static long parse(String text) {
        boolean millis = text.endsWith("ms");
        String number = millis
                ? text.substring(0, text.length() - 2)
                : text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        if (!number.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw bad(HEADER, text, "Give seconds such as 0.25, or 250ms.");
        }
        double unit = millis ? TimeUnit.MILLISECONDS.toNanos(1) : TimeUnit.SECONDS.toNanos(1);
        return (long) (Double.parseDouble(number) * unit);
    }

    private static long parseGrpc(String text) {
        if (!text.matches("[0-9]{1,8}[HMSmun]")) {
            throw bad(GRPC_HEADER, text, "Give at most eight digits and one of H, M, S, m, u, n.");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'H' -> TimeUnit.HOURS.toNanos(number);
            case 'M' -> TimeUnit.MINUTES.toNanos(number);
            case 'S' -> TimeUnit.SECONDS.toNanos(number);
            case 'm' -> TimeUnit.MILLISECONDS.toNanos(number);
            case 'u' -> TimeUnit.MICROSECONDS.toNanos(number);
            default -> number;
        };
    }

    private static ServingException bad(String header, String text, String advice) {
        return new ServingException(ErrorCode.MALFORMED_REQUEST, header + " is '" + text + "'", advice);
    }
}
