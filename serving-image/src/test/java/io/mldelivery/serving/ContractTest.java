package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Requests and replies from {@code src/test/resources/contract}. With the environment variable CONTRACT_URL the same
 * files are held against the server there, which must serve models/cancer as version 1 of cancer. What goes beyond upstream
 * DJL Serving 0.36 is left out then, unless CONTRACT_ALL is set: cases marked "own", and of other replies the parts that
 * their "own" lists.
 */
class ContractTest {

    private static final Path CASES = Path.of("src/test/resources/contract");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Optional<String> URL = Optional.ofNullable(System.getenv("CONTRACT_URL"));
    private static final boolean ALL = URL.isEmpty() || System.getenv("CONTRACT_ALL") != null;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestServer server;

    @BeforeAll
    static void start() {
        if (URL.isEmpty()) {
            server = TestServer.startCancer();
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerAsWrittenInTheContract() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList().stream().flatMap(ContractTest::cases);
        }
    }

    private static Stream<DynamicTest> cases(Path file) {
        return StreamSupport.stream(read(file).spliterator(), false)
                .filter(one -> ALL || !one.path("own").asBoolean())
                .map(one -> DynamicTest.dynamicTest(
                        file.getFileName() + ": " + one.get("name").asText(), () -> check(one)));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void check(JsonNode one) throws IOException, InterruptedException {
        HttpResponse<byte[]> reply = CLIENT.send(request(one.get("request")), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode expected = one.get("reply");
        String body = new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(reply.statusCode()).as(body).isEqualTo(expected.get("status").asInt());
        if (wanted(expected, "headers")) {
            expected.path("headers")
                    .fields()
                    .forEachRemaining(header -> assertThat(reply.headers().firstValue(header.getKey()))
                            .as(header.getKey())
                            .get()
                            .asString()
                            .startsWith(header.getValue().asText()));
        }
        if (wanted(expected, "json")) {
            compare("", expected.get("json"), JSON.readTree(body));
        }
        if (wanted(expected, "text")) {
            assertThat(body).isEqualTo(expected.get("text").asText());
        }
        if (wanted(expected, "base64")) {
            assertThat(reply.body())
                    .isEqualTo(Base64.getDecoder().decode(expected.get("base64").asText()));
        }
    }

    private static boolean wanted(JsonNode expected, String part) {
        boolean own = StreamSupport.stream(expected.path("own").spliterator(), false)
                .anyMatch(each -> each.asText().equals(part));
        return expected.has(part) && (ALL || !own);
    }

    private static HttpRequest request(JsonNode request) throws IOException {
        String base = URL.orElseGet(() -> "http://127.0.0.1:" + server.port());
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + request.get("path").asText()));
        request.path("headers")
                .fields()
                .forEachRemaining(header ->
                        builder.header(header.getKey(), header.getValue().asText()));
        return builder.method(request.get("method").asText(), body(request)).build();
    }

    private static HttpRequest.BodyPublisher body(JsonNode request) throws IOException {
        if (request.has("base64")) {
            return HttpRequest.BodyPublishers.ofByteArray(
                    Base64.getDecoder().decode(request.get("base64").asText()));
        }
        JsonNode body = request.path("body");
        if (body.isMissingNode()) {
            return HttpRequest.BodyPublishers.noBody();
        }
        return HttpRequest.BodyPublishers.ofString(body.isTextual() ? body.asText() : JSON.writeValueAsString(body));
    }

    /** Every value of the expected must be there; objects may have more keys; "~" starts a regular expression. */
    private static void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> i = expected.fields(); i.hasNext(); ) {
                Map.Entry<String, JsonNode> field = i.next();
                compare(path + "." + field.getKey(), field.getValue(), actual.path(field.getKey()));
            }
        } else if (expected.isArray()) {
            assertThat(actual.size()).as(path).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "[" + i + "]", expected.get(i), actual.path(i));
            }
        } else if (expected.isNumber()) {
            assertThat(actual.isNumber()).as(path).isTrue();
            assertThat(actual.doubleValue()).as(path).isCloseTo(expected.doubleValue(), within(1e-5));
        } else if (expected.isTextual() && expected.asText().startsWith("~")) {
            assertThat(actual.asText()).as(path).matches(expected.asText().substring(1));
        } else {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }
}
