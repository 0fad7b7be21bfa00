package io.mldelivery.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Talks to one MLflow server. Safe to use from several threads.
 *
 * <p>Answers of status 400, 404 and 409 come back as a {@link Reply}, because callers branch on them; everything else
 * that is not a success is a {@link DeliveryException} with the code {@code REGISTRY}.
 */
public final class RestClient {
    private static final Logger LOG = Logger.getLogger(RestClient.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final long SLOWEST_BYTES_PER_SECOND = 256 * 1024;
    private static final Set<Integer> FOR_THE_CALLER = Set.of(400, 404, 409);
    private static final Set<Integer> FOR_A_MOMENT = Set.of(429, 502, 503, 504);

    private final URI base;
    private final Credentials credentials;
    private final RetryPolicy retries;
    private final Problems problems;
    private final HttpClient http;

    public RestClient(URI address, Credentials credentials, RetryPolicy retries) {
        this.base = ServerAddress.withoutUser(address);
        this.problems = new Problems(base, credentials);
        this.credentials = credentials;
        this.retries = retries;
        // Python's servers do not speak HTTP/2, and an upgrade request costs a round trip and breaks DELETE with a
        // body.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Returns the server's address without credentials. */
    public URI base() {
        return base;
    }

    /** Asks for JSON. */
    public Reply get(String path, Map<String, String> query) {
        String address = path + (query.isEmpty() ? "" : "?" + encode(query));
        return json(request(address, ANSWER_WITHIN).GET(), "GET " + path, Repeat.SAFE);
    }

    /** Sends JSON by {@code POST}, {@code PATCH} or {@code DELETE} (which takes a body too). */
    public Reply send(String method, String path, Object body, Repeat repeat) {
        HttpRequest.Builder request = request(path, ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(bytes(body)));
        return json(request, method + " " + path, repeat);
    }

    /** Stores a file, streamed. */
    public void upload(String path, Path file) {
        try {
            Duration limit = ANSWER_WITHIN.plusSeconds(Files.size(file) / SLOWEST_BYTES_PER_SECOND);
            BodyPublisher content = BodyPublishers.ofFile(file);
            json(request(path, limit).PUT(content), "PUT " + path, Repeat.SAFE).orFail();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.DATA,
                    "cannot read " + file + ": " + e.getMessage(),
                    "Check that the file exists and may be read.",
                    e);
        }
    }

    /** Opens a file of the server; the reply is {@linkplain Reply#refused refused} when there is none. */
    public Download download(String path) {
        HttpRequest.Builder request = request(path, ANSWER_WITHIN).GET();
        HttpResponse<InputStream> response =
                exchange(request, "GET " + path, Repeat.SAFE, BodyHandlers.ofInputStream());
        if (response.statusCode() < 400) {
            return new Download(
                    new Reply("GET " + path, response.statusCode(), MissingNode.getInstance()), response.body());
        }
        try (InputStream body = response.body()) {
            Reply refusal = new Reply("GET " + path, response.statusCode(), lenient(body.readAllBytes()));
            return new Download(refusal, InputStream.nullInputStream());
        } catch (IOException e) {
            throw problems.unreachable("GET " + path, e);
        }
    }

    private HttpRequest.Builder request(String path, Duration limit) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
        credentials.header().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private Reply json(HttpRequest.Builder request, String asked, Repeat repeat) {
        HttpResponse<byte[]> response = exchange(request, asked, repeat, BodyHandlers.ofByteArray());
        return new Reply(asked, response.statusCode(), parse(asked, response));
    }

    private JsonNode parse(String asked, HttpResponse<byte[]> response) {
        if (response.body().length == 0 && response.statusCode() < 300) {
            return JSON.createObjectNode();
        }
        JsonNode body = lenient(response.body());
        if (!body.isObject() || response.statusCode() / 100 == 3) {
            throw problems.notMlflow(asked, "answered HTTP " + response.statusCode() + " without MLflow's JSON");
        }
        return body;
    }

    private static JsonNode lenient(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance(); // the caller decides what an answer that is no JSON means
        }
    }

    private <T> HttpResponse<T> exchange(
            HttpRequest.Builder builder, String asked, Repeat repeat, BodyHandler<T> handler) {
        HttpRequest request = builder.build();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<T> response = http.send(request, handler);
                if (!again(repeat, response.statusCode(), attempt)) {
                    return accepted(asked, response);
                }
                discard(response);
            } catch (IOException e) {
                if (attempt == retries.attempts() || !(repeat == Repeat.SAFE || Failure.neverSent(e))) {
                    throw problems.unreachable(asked, e);
                }
            } catch (InterruptedException e) {
                throw problems.interrupted(e);
            }
            pause(attempt);
        }
    }

    private boolean again(Repeat repeat, int status, int attempt) {
        boolean notProcessed = status == 429;
        return attempt < retries.attempts()
                && (notProcessed || (repeat == Repeat.SAFE && FOR_A_MOMENT.contains(status)));
    }

    private <T> HttpResponse<T> accepted(String asked, HttpResponse<T> response) {
        int status = response.statusCode();
        if (status < 400 || FOR_THE_CALLER.contains(status)) {
            return response;
        }
        discard(response);
        throw problems.status(asked, status);
    }

    /** Frees the connection of an answer that nobody reads. */
    private static void discard(HttpResponse<?> response) {
        if (response.body() instanceof InputStream stream) {
            try (stream) {
                stream.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                LOG.log(Level.FINE, "the rest of an unwanted answer was lost", e);
            }
        }
    }

    private void pause(int attempt) {
        try {
            Thread.sleep(retries.pauseAfter(attempt).toMillis());
        } catch (InterruptedException e) {
            throw problems.interrupted(e);
        }
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request body that is no JSON: " + body.getClass(), e);
        }
    }

    private static String encode(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Encodes one segment of a path, or one name or value of a query. */
    public static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
