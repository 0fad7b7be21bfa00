package io.mldelivery.kubernetes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Stands between us and an HTTP server (the API server, Prometheus, a model server) and does what networks and overloaded
 * servers do: waits, resets connections before or after the request took effect, answers 429 or 500, hands out an answer of
 * before, cuts a body. Which request meets which fault follows from a seed. Counts the requests.
 */
public final class FaultyProxy implements AutoCloseable {
    /** What may happen to a request. */
    public enum Fault {
        LATENCY,
        RESET_BEFORE,
        RESET_AFTER,
        TOO_MANY_REQUESTS,
        SERVER_ERROR,
        STALE,
        TRUNCATED
    }

    private static final Set<String> DROPPED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "expect");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final URI backend;
    private final HttpClient client;
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, byte[]> earlier = new ConcurrentHashMap<>();
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private final Random random;
    private double share;

    /** @param backend where requests go; a https server is not asked for its certificate */
    public FaultyProxy(URI backend, long seed) throws IOException {
        this.backend = backend;
        this.random = new Random(seed);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Trusts everybody, for a server of the test's own on loopback. */
    private static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where to send requests. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, this share of the requests meets a fault; 0: none. */
    public synchronized void faults(double ofAll) {
        share = ofAll;
    }

    /** How often each fault has happened. */
    public synchronized Map<Fault, Integer> happened() {
        return new EnumMap<>(done);
    }

    /** How many requests there were since the last call, by method; a watch counts as WATCH. */
    public synchronized Map<String, Integer> takeRequests() {
        Map<String, Integer> taken = Map.copyOf(requests);
        requests.clear();
        return taken;
    }

    private synchronized Fault next(boolean watch) {
        if (random.nextDouble() >= share) {
            return null;
        }
        Fault[] all = Fault.values();
        Fault fault = watch ? Fault.RESET_BEFORE : all[random.nextInt(all.length)];
        done.merge(fault, 1, Integer::sum);
        return fault;
    }

    private void answer(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        boolean watch = query.contains("watch=true");
        synchronized (this) {
            requests.merge(watch ? "WATCH" : exchange.getRequestMethod(), 1, Integer::sum);
        }
        try {
            Fault fault = next(watch);
            if (fault == null) {
                forward(exchange);
            } else {
                harm(exchange, fault);
            }
        } catch (IOException | RuntimeException e) {
            exchange.close(); // as a broken connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void harm(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case LATENCY -> {
                Thread.sleep(50 + delay());
                forward(exchange);
            }
            case RESET_BEFORE -> exchange.close();
            case RESET_AFTER -> ask(exchange).body().close();
            case TOO_MANY_REQUESTS -> refuse(exchange, 429);
            case SERVER_ERROR -> refuse(exchange, 500);
            case STALE -> stale(exchange);
            case TRUNCATED -> truncate(exchange);
        }
    }

    private synchronized int delay() {
        return random.nextInt(200);
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        byte[] body = ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + status
                        + ",\"message\":\"injected\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void stale(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] before = earlier.get(key(exchange));
        if (before == null || !exchange.getRequestMethod().equals("GET")) {
            forward(exchange);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, before.length);
        exchange.getResponseBody().write(before);
    }

    private void truncate(HttpExchange exchange) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = ask(exchange);
        byte[] body = response.body().readAllBytes();
        copy(response, exchange);
        exchange.sendResponseHeaders(response.statusCode(), body.length + 1L);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }

    private static String key(HttpExchange exchange) {
        return exchange.getRequestURI().toString();
    }

    private HttpResponse<InputStream> ask(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(backend.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        Headers headers = exchange.getRequestHeaders();
        headers.forEach((name, values) -> {
            if (!DROPPED.contains(name.toLowerCase(Locale.ROOT)) && !name.equalsIgnoreCase("accept-encoding")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private void forward(HttpExchange exchange) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = ask(exchange);
        boolean watch = String.valueOf(exchange.getRequestURI().getRawQuery()).contains("watch=true");
        InputStream body = response.body();
        if (!watch) {
            byte[] whole = body.readAllBytes();
            body = new ByteArrayInputStream(whole);
            if (exchange.getRequestMethod().equals("GET") && response.statusCode() == 200) {
                earlier.putIfAbsent(key(exchange), whole);
            }
        }
        copy(response, exchange);
        exchange.sendResponseHeaders(response.statusCode(), 0);
        pour(body, exchange.getResponseBody());
    }

    private static void copy(HttpResponse<?> response, HttpExchange exchange) {
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            if (!DROPPED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(header.getKey(), header.getValue());
            }
        }
    }

    private static void pour(InputStream from, OutputStream to) throws IOException {
        to.flush();
        try (from) {
            byte[] buffer = new byte[16_384];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        }
        to.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
