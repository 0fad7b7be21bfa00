package io.mldelivery.serving.schedule;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many requests of a model may be under way at once. Adaptive, the number follows the response times (Netflix'
 * gradient of long-term to short-term latency): when they grow without more being answered, less is let in, so that
 * what is let in stays fast. Safe for any number of threads.
 */
final class Admission {

    private static final int LEAST = 8;
    private static final double TOLERATED_GROWTH = 2.0;

    private final Optional<Limit> limit;
    private final LongSupplier nanoTime;
    private final AtomicInteger underWay = new AtomicInteger();

    private Admission(Optional<Limit> limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    static Admission unlimited() {
        return new Admission(Optional.empty(), System::nanoTime);
    }

    /** Never below 8, never above {@code most}. */
    static Admission adaptive(int most, LongSupplier nanoTime) {
        Gradient2Limit gradient = Gradient2Limit.newBuilder()
                .initialLimit(Math.min(64, Math.max(LEAST, most)))
                .minLimit(LEAST)
                .maxConcurrency(Math.max(LEAST, most))
                .rttTolerance(TOLERATED_GROWTH)
                .build();
        return new Admission(Optional.of(WindowedLimit.newBuilder().build(gradient)), nanoTime);
    }

    /** Lets a job in, or fails with QUEUE_FULL. Returns how many are under way with it. */
    int enter() {
        int now = underWay.incrementAndGet();
        if (limit.isPresent() && now > limit.get().getLimit()) {
            underWay.decrementAndGet();
            throw new ServingException(
                    ErrorCode.QUEUE_FULL,
                    (now - 1) + " requests are under way, which is what this server answers in good time now",
                    "Try again after the seconds of Retry-After, or send less at once.");
        }
        return now;
    }

    /** Tells that a job is done; {@code dropped} when it was not computed. */
    void leave(long startNanos, int with, boolean dropped) {
        underWay.decrementAndGet();
        limit.ifPresent(adaptive -> adaptive.onSample(startNanos, nanoTime.getAsLong() - startNanos, with, dropped));
    }

    /** Requests that may be under way now. */
    int current() {
        return limit.map(Limit::getLimit).orElse(Integer.MAX_VALUE);
    }
}
