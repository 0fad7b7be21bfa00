package io.mldelivery.rollout.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends recorded requests to the proxy at a steady rate, over and over, as long as somebody keeps asking for it: an order
 * that is not repeated within its lease ends by itself.
 */
final class Replay implements AutoCloseable {
    private static final int MOST_AT_ONCE = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledExecutorService timer;
    private final URI proxy;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong sent = new AtomicLong();
    private Properties order = new Properties();
    private List<String> bodies = List.of();
    private ScheduledFuture<?> sender;
    private volatile long endsAt;

    Replay(ScheduledExecutorService timer, URI proxy) {
        this.timer = timer;
        this.proxy = proxy;
    }

    /**
     * Starts, changes or prolongs the sending.
     *
     * @param wanted file (JSON lines), path (of the requests), rate (a second), leaseMillis
     */
    synchronized void order(Properties wanted) throws IOException {
        endsAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(wanted.getProperty("leaseMillis")));
        if (wanted.equals(order) && sender != null && !sender.isDone()) {
            return;
        }
        List<String> lines = Files.readAllLines(Path.of(wanted.getProperty("file"))).stream()
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) {
            throw new IOException(wanted.getProperty("file") + " has no line");
        }
        stop();
        bodies = lines;
        order = wanted;
        long nanos = (long) (1e9 / Double.parseDouble(wanted.getProperty("rate")));
        sender = timer.scheduleAtFixedRate(this::sendNext, 0, Math.max(1, nanos), TimeUnit.NANOSECONDS);
    }

    synchronized void stop() {
        if (sender != null) {
            sender.cancel(false);
            sender = null;
        }
    }

    private void sendNext() {
        if (System.nanoTime() - endsAt > 0) {
            stop();
            return;
        }
        if (!room.tryAcquire()) {
            return; // the servers do not keep up: the rate goes down, nothing piles up
        }
        client.sendAsync(request(), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, problem) -> room.release());
    }

    private HttpRequest request() {
        String body = bodies.get((int) (sent.getAndIncrement() % bodies.size()));
        return HttpRequest.newBuilder(proxy.resolve(order.getProperty("path")))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void close() {
        stop();
    }
}
