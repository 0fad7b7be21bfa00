package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults on purpose, for rehearsing a rollback: a share of predictions fails, or every reply comes late. The failing
 * ones are spread evenly, so that 0.5 is every other one.
 */
public final class Drill {

    /** No faults. */
    public static final Drill NONE = new Drill(0, Duration.ZERO);

    private final double errorRate;
    private final Duration latency;
    private final AtomicLong predictions = new AtomicLong();

    private Drill(double errorRate, Duration latency) {
        this.errorRate = errorRate;
        this.latency = latency;
    }

    /** Reads {@code errors=0.5} (share from 0 to 1) or {@code latency=400ms}. */
    public static Drill parse(String text) {
        int equals = text.indexOf('=');
        String kind = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : text.substring(equals + 1).toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "none" -> NONE;
            case "errors" -> new Drill(share(text, value), Duration.ZERO);
            case "latency" -> new Drill(0, milliseconds(text, value));
            default -> throw bad(text);
        };
    }

    private static double share(String text, String value) {
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw bad(text);
        }
        throw bad(text);
    }

    private static Duration milliseconds(String text, String value) {
        if (!value.matches("[0-9]{1,6}(ms)?")) {
            throw bad(text);
        }
        return Duration.ofMillis(Long.parseLong(value.replace("ms", "")));
    }

    private static ServingException bad(String text) {
        return new ServingException(
                ErrorCode.BAD_OPTION, "--drill " + text + " means nothing", "Use errors=0.5 or latency=400ms.");
    }

    /** Whether anything fails on purpose. */
    public boolean active() {
        return errorRate > 0 || !latency.isZero();
    }

    /** Fails with INJECTED_FAULT when it is this prediction's turn. */
    void perhapsFail() {
        if (errorRate == 0) {
            return;
        }
        long number = predictions.getAndIncrement();
        if (Math.floor((number + 1) * errorRate) > Math.floor(number * errorRate)) {
            throw new ServingException(
                    ErrorCode.INJECTED_FAULT,
                    "This prediction failed on purpose: the server runs with --drill errors=" + errorRate,
                    "Start the server without --drill.");
        }
    }

    /** How much later than possible replies are sent. */
    long delayNanos() {
        return latency.toNanos();
    }

    @Override
    public String toString() {
        return errorRate > 0
                ? "errors=" + errorRate
                : latency.isZero() ? "none" : "latency=" + latency.toMillis() + "ms";
    }
}
