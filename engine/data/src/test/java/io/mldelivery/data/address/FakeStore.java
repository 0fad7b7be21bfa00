package io.mldelivery.data.address;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A store of objects on this machine that answers as S3 does and refuses requests that Amazon's own signer would have signed
 * otherwise. Lists are given out two objects at a time.
 */
final class FakeStore implements AutoCloseable {
    static final String KEY = "AKIDEXAMPLE";
    static final String SECRET = "secret/with+signs";
    static final String SESSION = "session token==";

    private final HttpServer server;
    private final String bucket;
    private final String region;
    private final Map<String, byte[]> objects = new TreeMap<>();
    final List<String> requests = new ArrayList<>();
    int failures;

    FakeStore(String bucket, String region) throws IOException {
        this.bucket = bucket;
        this.region = region;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeStore with(String object, byte[] content) {
        objects.put(object, content);
        return this;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().getRawPath());
            if (failures > 0) {
                failures--;
                exchange.sendResponseHeaders(503, -1);
            } else if (!isGenuine(exchange)) {
                exchange.sendResponseHeaders(403, -1);
            } else {
                answer(exchange);
            }
        }
    }

    private boolean isGenuine(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        String time = exchange.getRequestHeaders().getFirst("X-Amz-Date");
        if (given == null || time == null) {
            return "Bearer oauth".equals(given);
        }
        AwsCredentialsIdentity identity = exchange.getRequestHeaders().containsKey("X-Amz-Security-Token")
                ? AwsSessionCredentialsIdentity.create(KEY, SECRET, SESSION)
                : AwsCredentialsIdentity.create(KEY, SECRET);
        Instant at = Instant.from(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .parse(time));
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(address().resolve(exchange.getRequestURI()))
                .putHeader("host", exchange.getRequestHeaders().getFirst("Host"))
                .build();
        String expected = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
        return expected.replace(", ", ",").equals(given);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        byte[] content = query != null && path.equals("/" + bucket + "/")
                ? list(query).getBytes(StandardCharsets.UTF_8)
                : objects.get(path.replaceFirst("^/" + bucket + "/", ""));
        exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : content.length);
        if (content != null) {
            exchange.getResponseBody().write(content);
        }
    }

    private String list(String query) {
        Map<String, String> asked = new TreeMap<>();
        for (String part : query.split("&")) {
            String[] pair = part.split("=", 2);
            asked.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        List<String> all = objects.keySet().stream()
                .filter(object -> object.startsWith(asked.get("prefix")))
                .toList();
        int from = Integer.parseInt(asked.getOrDefault("continuation-token", "0"));
        int to = Math.min(all.size(), from + 2);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><ListBucketResult><Prefix>x</Prefix>");
        all.subList(from, to)
                .forEach(object -> xml.append("<Contents><Key>")
                        .append(object.replace("&", "&amp;"))
                        .append("</Key><Owner><ID>1</ID></Owner></Contents>"));
        return xml + (to < all.size() ? "<NextContinuationToken>" + to + "</NextContinuationToken>" : "")
                + "</ListBucketResult>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
