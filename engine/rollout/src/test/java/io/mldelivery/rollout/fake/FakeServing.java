package io.mldelivery.rollout.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Stands in for the model server: same command line, first line of output, paths and metrics; answers without a model.
 * A model folder with a file {@code broken} makes it end at once.
 */
public final class FakeServing {
    private static final double[] BOUNDS = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5};

    private final String model;
    private final String version;
    private final String drill;
    private final Map<String, Long> codes = new TreeMap<>();
    private final long[] buckets = new long[BOUNDS.length];
    private long count;
    private double sum;
    private int served;

    private FakeServing(String model, String version, String drill) {
        this.model = model;
        this.version = version;
        this.drill = drill;
    }

    /** Writes the runnable jar. */
    public static Path jar(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServing.class.getName());
        Path jar = folder.resolve("serving.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            String name = FakeServing.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new ZipEntry(name));
            FakeServing.class.getClassLoader().getResourceAsStream(name).transferTo(out);
        }
        return jar;
    }

    public static void main(String[] arguments) throws IOException {
        int port = listen(arguments);
        System.out.println("{\"event\":\"listening\",\"port\":" + port + ",\"managementPort\":" + port + "}");
    }

    /** Begins to serve as the command line says; returns the port. */
    static int listen(String... arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        String[] models = value(all, "--models").split("=", 2);
        if (Files.exists(Path.of(models[1], "broken"))) {
            System.out.println("the model is broken");
            System.exit(3);
        }
        var fake = new FakeServing(
                models[0], value(all, "--version"), all.contains("--drill") ? value(all, "--drill") : "");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/predictions/", fake::predict);
        server.createContext("/health/ready", exchange -> reply(exchange, 200, "{}"));
        server.createContext("/metrics", exchange -> reply(exchange, 200, fake.metrics()));
        server.start();
        return server.getAddress().getPort();
    }

    static String value(List<String> arguments, String option) {
        return arguments.get(arguments.indexOf(option) + 1);
    }

    private void predict(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        exchange.getRequestBody().readAllBytes();
        if (drill.startsWith("latency")) {
            pause();
        }
        int code = fails() ? 500 : 200;
        count(code, (System.nanoTime() - start) / 1e9);
        reply(exchange, code, "{\"version\":\"" + version + "\"}");
    }

    private static void pause() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean fails() {
        return drill.startsWith("errors") && served++ % 2 == 1;
    }

    private synchronized void count(int code, double seconds) {
        codes.merge(String.valueOf(code), 1L, Long::sum);
        count++;
        sum += seconds;
        for (int i = 0; i < BOUNDS.length; i++) {
            buckets[i] += seconds <= BOUNDS[i] ? 1 : 0;
        }
    }

    private synchronized String metrics() {
        String labels = "model=\"" + model + "\",version=\"" + version + "\"";
        var text = new StringBuilder();
        codes.forEach((code, number) ->
                text.append("mldelivery_requests_total{" + labels + ",code=\"" + code + "\"} " + number + "\n"));
        for (int i = 0; i < BOUNDS.length; i++) {
            text.append(
                    "mldelivery_request_seconds_bucket{" + labels + ",le=\"" + BOUNDS[i] + "\"} " + buckets[i] + "\n");
        }
        text.append("mldelivery_request_seconds_bucket{" + labels + ",le=\"+Inf\"} " + count + "\n");
        text.append("mldelivery_request_seconds_count{" + labels + "} " + count + "\n");
        text.append("mldelivery_request_seconds_sum{" + labels + "} " + sum + "\n");
        return text.toString();
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
