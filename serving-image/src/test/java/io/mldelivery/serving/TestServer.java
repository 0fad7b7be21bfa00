package io.mldelivery.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in this process on free ports, with a client for it. */
public final class TestServer implements AutoCloseable {

    public static final Path MODELS = Path.of("src/test/resources/models");

    private final ModelServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(ModelServer server) {
        this.server = server;
    }

    /** Starts with these options besides free ports; does not wait for ready. */
    public static TestServer start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", "0", "--management-port", "0", "--host", "127.0.0.1", "--drain-delay", "0"));
        Options options = Options.parse(all.toArray(String[]::new));
        return new TestServer(new ModelServer(options, ModelArguments.read(options.models(), options.version())));
    }

    public static TestServer startCancer(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--models", "cancer=" + MODELS.resolve("cancer")));
        all.addAll(List.of(arguments));
        TestServer server = start(all.toArray(String[]::new));
        server.awaitReady();
        return server;
    }

    public void awaitReady() {
        await("/health/ready", 200);
    }

    /** Asks a path until it answers this status, at most 20 s. */
    public HttpResponse<String> await(String path, int status) {
        long end = System.nanoTime() + 20_000_000_000L;
        HttpResponse<String> reply = get(path);
        while (reply.statusCode() != status) {
            if (System.nanoTime() > end) {
                throw new AssertionError(path + " answers " + reply.statusCode() + " " + reply.body());
            }
            pause();
            reply = get(path);
        }
        return reply;
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return server.port();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public URI managementUri(String path) {
        return URI.create("http://127.0.0.1:" + server.managementPort() + path);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    public String metrics() {
        return send(HttpRequest.newBuilder(managementUri("/metrics")).build()).body();
    }

    public HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    /** A body with the first rows of the cancer data. */
    public static String cancerRows(int rows) {
        try {
            String golden = Files.readString(MODELS.resolve("cancer/golden.json"));
            String first = golden.substring(golden.indexOf("[[") + 1, golden.indexOf(']') + 1);
            return "{\"inputs\":[" + String.join(",", java.util.Collections.nCopies(rows, first)) + "]}";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public void stop() {
        try {
            server.stop();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
