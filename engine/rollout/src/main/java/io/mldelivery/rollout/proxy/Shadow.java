package io.mldelivery.rollout.proxy;

import io.mldelivery.rollout.proxy.Routes.Backend;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends copies of requests to a version that answers nobody, and compares its answers with those that the users got. Never
 * slows a user down: when the copies pile up, they are left out and counted.
 */
final class Shadow {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 200;

    private final Upstreams upstreams;
    private final Counters counters;
    private final ThreadPoolExecutor threads;

    Shadow(Upstreams upstreams, Counters counters) {
        this.upstreams = upstreams;
        this.counters = counters;
        ThreadFactory daemons = work -> {
            var thread = new Thread(work, "shadow");
            thread.setDaemon(true);
            return thread;
        };
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                daemons,
                (work, pool) -> counters.mirrored("left-out"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** @param answered what the user got */
    void copy(Backend backend, Head request, byte[] body, String answered) {
        threads.execute(() -> counters.mirrored(result(backend, request, body, answered)));
    }

    private String result(Backend backend, Head request, byte[] body, String answered) {
        var print = new Fingerprint();
        counters.began(backend.version());
        String code = "broken";
        try {
            int status = new Exchange(upstreams, OutputStream.nullOutputStream(), request, body, print).with(backend);
            code = String.valueOf(status);
            return print.of(status).equals(answered) ? "same" : "different";
        } catch (Unreachable | IOException | HttpFault e) {
            return "failed";
        } finally {
            counters.ended(backend.version(), code);
        }
    }
}
