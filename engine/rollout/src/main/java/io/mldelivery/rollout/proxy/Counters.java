package io.mldelivery.rollout.proxy;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the proxy counts, in Prometheus' text form. */
final class Counters {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> copies = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> inFlight = new ConcurrentHashMap<>();

    void began(String version) {
        inFlight.computeIfAbsent(version, any -> new AtomicLong()).incrementAndGet();
    }

    /**
     * @param code the status that the client got; {@code unreachable} when the version's server gave none, {@code broken} when
     *     its answer broke off, {@code client-gone} when the client did not wait for it
     */
    void ended(String version, String code) {
        inFlight.get(version).decrementAndGet();
        counts.computeIfAbsent("version=\"" + version + "\",code=\"" + code + "\"", any -> new LongAdder())
                .increment();
    }

    /** @param result {@code same}, {@code different}, {@code failed} or {@code left-out} */
    void mirrored(String result) {
        copies.computeIfAbsent("result=\"" + result + "\"", any -> new LongAdder())
                .increment();
    }

    /** Another version is mirrored from now on. */
    void forgetMirrored() {
        copies.clear();
    }

    String text() {
        var text = new StringBuilder("# TYPE mldelivery_proxy_mirrored_total counter\n");
        new TreeMap<>(copies)
                .forEach((labels, count) -> text.append("mldelivery_proxy_mirrored_total{")
                        .append(labels)
                        .append("} ")
                        .append(count.sum())
                        .append('\n'));
        text.append("# TYPE mldelivery_proxy_requests_total counter\n");
        new TreeMap<>(counts)
                .forEach((labels, count) -> text.append("mldelivery_proxy_requests_total{")
                        .append(labels)
                        .append("} ")
                        .append(count.sum())
                        .append('\n'));
        text.append("# TYPE mldelivery_proxy_requests_in_flight gauge\n");
        new TreeMap<>(inFlight)
                .forEach((version, count) -> text.append("mldelivery_proxy_requests_in_flight{version=\"")
                        .append(version)
                        .append("\"} ")
                        .append(count.get())
                        .append('\n'));
        return text.toString();
    }
}
