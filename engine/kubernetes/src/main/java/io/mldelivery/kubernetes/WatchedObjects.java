package io.mldelivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The objects of one kind in one namespace, read once and then kept up to date by a watch: asking about them costs no request.
 * What is broken is begun anew after a pause that doubles; until then {@link #isLive()} says that what is known may be old.
 *
 * <p>Has one daemon thread, which ends when nobody has asked for some minutes; the next question starts another. Safe between
 * threads.
 */
final class WatchedObjects implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(WatchedObjects.class.getName());
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final long SHORTEST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;
    /** A watch ends by itself after so long; then it is asked for again. */
    private static final int WATCH_SECONDS = 1_500;

    private final String kind;
    private final Source source;
    private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
    private volatile boolean live;
    private volatile boolean closed;
    private volatile long askedAt;
    private volatile DeliveryException refused;
    private volatile Watchable<DynamicKubernetesObject> watch;
    private CountDownLatch first = new CountDownLatch(1);
    private Thread thread;

    /** The two questions to the API server. */
    interface Source {
        /** All objects now. */
        Listing list();

        /** What happens to them after that version. */
        Watchable<DynamicKubernetesObject> watch(String version, int seconds) throws ApiException;
    }

    /** @param version from which on a watch tells what follows */
    record Listing(List<JsonNode> items, String version) {}

    /** @param kind for messages */
    WatchedObjects(String kind, Source source) {
        this.kind = kind;
        this.source = source;
    }

    /** Whether what is known is what is; waits for the first answer. Fails when the API server forbids to look. */
    boolean isLive() {
        askedAt = System.nanoTime();
        CountDownLatch begun = run();
        try {
            if (!live && refused == null && !begun.await(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        DeliveryException problem = refused;
        if (problem != null) {
            throw problem;
        }
        return live;
    }

    private synchronized CountDownLatch run() {
        if (thread == null || !thread.isAlive()) {
            first = new CountDownLatch(1);
            refused = null;
            thread = new Thread(this::keepUp, "mldelivery-watch-" + kind);
            thread.setDaemon(true);
            thread.start();
            later();
        }
        return first;
    }

    private void later() {
        CompletableFuture.delayedExecutor(IDLE.toSeconds(), TimeUnit.SECONDS).execute(this::endWhenIdle);
    }

    private synchronized void endWhenIdle() {
        if (closed || thread == null || !thread.isAlive()) {
            return;
        }
        if (idle()) {
            endWatch();
        } else {
            later();
        }
    }

    private void endWatch() {
        Watchable<DynamicKubernetesObject> open = watch;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the watch of " + kind + " was broken already", e);
        }
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    List<JsonNode> all() {
        return new ArrayList<>(objects.values());
    }

    /** Takes in what the API server has just answered to a change of ours, which a watch tells a moment later. */
    void note(JsonNode object) {
        objects.merge(name(object), object, WatchedObjects::newer);
    }

    private static JsonNode newer(JsonNode one, JsonNode other) {
        return version(other) >= version(one) ? other : one;
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static long version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asLong();
    }

    private void keepUp() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!closed && !idle()) {
            try {
                String version = begin();
                pause = SHORTEST_PAUSE_MILLIS;
                while (!closed && !idle()) {
                    version = follow(version);
                }
            } catch (ApiException | IOException | RuntimeException e) {
                broken(e);
                pause(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
        live = false;
    }

    private boolean idle() {
        return System.nanoTime() - askedAt > IDLE.toNanos();
    }

    private String begin() {
        Listing listing = source.list();
        Set<String> names = new HashSet<>();
        for (JsonNode item : listing.items()) {
            names.add(name(item));
            note(item);
        }
        objects.keySet().retainAll(names);
        return listing.version();
    }

    /** One watch to its end; returns the version up to which it told. */
    private String follow(String version) throws ApiException, IOException {
        String last = version;
        try (Watchable<DynamicKubernetesObject> events = source.watch(version, WATCH_SECONDS)) {
            watch = events;
            refused = null;
            live = true;
            first.countDown();
            while (!closed && events.hasNext()) {
                var event = events.next();
                if (event.object == null || event.type.equals("ERROR")) {
                    throw new IOException(
                            "the watch ended: " + (event.status == null ? "" : event.status.getMessage()));
                }
                JsonNode object = Cluster.json(event.object);
                take(event.type, object);
                last = object.path("metadata").path("resourceVersion").asText(last);
            }
        }
        return last;
    }

    private void take(String type, JsonNode object) {
        if (type.equals("DELETED")) {
            objects.computeIfPresent(name(object), (name, known) -> version(known) > version(object) ? known : null);
        } else if (!type.equals("BOOKMARK")) {
            note(object);
        }
    }

    private void broken(Exception e) {
        live = false;
        refused = Refusals.forbidden(e, "watching " + kind).orElse(null);
        first.countDown();
        LOGGER.log(System.Logger.Level.DEBUG, "the watch of " + kind + " begins anew", e);
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        endWatch();
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
