package io.mldelivery.data.address;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The objects of one bucket that an address names: an object, all below a prefix that ends with a slash, or a pattern. */
final class Bucket {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRIES = 3;
    private static final int MOST_OBJECTS = 100_000;

    private final Store store;
    private final String source;
    private final String bucket;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private Bucket(Store store, String source, Clock clock) {
        this.store = store;
        this.source = source;
        this.bucket = Store.bucket(source);
        this.clock = clock;
        if (!bucket.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")) {
            throw new DeliveryException(
                    Code.DATA, source + ": names no bucket", "Write it as s3://bucket/path/file.parquet.");
        }
    }

    static List<Path> fetch(Store store, String source, Path folder, Clock clock) {
        var from = new Bucket(store, source, clock);
        List<Path> files = new ArrayList<>();
        List<String> objects = from.objects();
        for (int i = 0; i < objects.size(); i++) {
            files.add(from.get(objects.get(i), folder.resolve(localName(objects.get(i), i))));
        }
        return files;
    }

    /** Partitions stay in the path ({@code month=2026-07/…}); all else is numbered, so that no two objects meet. */
    private static String localName(String object, int number) {
        StringBuilder name = new StringBuilder();
        String[] parts = object.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            name.append(parts[i].matches("[A-Za-z0-9_]+=[A-Za-z0-9._-]+") ? parts[i] + "/" : "");
        }
        return name + String.valueOf(number) + "-" + Addresses.fileName(parts[parts.length - 1]);
    }

    private List<String> objects() {
        String path = source.replaceFirst("^[^:]*://[^/]*/?", "");
        int star = path.replaceAll("[*?\\[].*", "").length();
        if (star == path.length() && !path.isEmpty() && !path.endsWith("/")) {
            return List.of(path);
        }
        Pattern pattern = ObjectPattern.of(star == path.length() ? path + "**" : path);
        List<String> found = list(path.substring(0, star)).stream()
                .filter(object -> pattern.matcher(object).matches())
                .filter(object -> !object.endsWith("/") && !object.matches("(.*/)?[._][^/]*"))
                .toList();
        if (found.isEmpty()) {
            throw new DeliveryException(Code.DATA, source + ": there is no such object", "Check the bucket and path.");
        }
        return found;
    }

    private List<String> list(String prefix) {
        List<String> objects = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent() && objects.size() < MOST_OBJECTS) {
            Map<String, String> parameters = new TreeMap<>(Map.of("list-type", "2", "prefix", prefix));
            next.filter(token -> !token.isEmpty()).ifPresent(token -> parameters.put("continuation-token", token));
            HttpResponse<InputStream> response =
                    send(store.address(bucket, "", query(parameters)), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                refuseFailure(response);
                ObjectListing listing = ObjectListing.read(source, body);
                objects.addAll(listing.objects());
                next = listing.next();
            } catch (IOException e) {
                throw new DeliveryException(
                        Code.DATA, source + ": the list of objects broke off: " + e.getMessage(), "Try again.", e);
            }
        }
        return objects;
    }

    private static String query(Map<String, String> parameters) {
        List<String> parts = new ArrayList<>();
        parameters.forEach((name, value) ->
                parts.add(AwsSignature.encoded(name, false) + "=" + AwsSignature.encoded(value, false)));
        return String.join("&", parts);
    }

    private Path get(String object, Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, file + ": cannot be written: " + e.getMessage(), "Free disk space.", e);
        }
        refuseFailure(send(store.address(bucket, object, ""), BodyHandlers.ofFile(file)));
        return file;
    }

    private <T> HttpResponse<T> send(URI address, BodyHandler<T> body) {
        return Web.Retries.run(TRIES, source, () -> client.send(request(address), body));
    }

    /** Signed anew for each try: a signature is good for some minutes only. */
    private HttpRequest request(URI address) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET();
        if (store.bearer().isPresent()) {
            request.header("Authorization", "Bearer " + store.bearer().get());
        } else {
            store.key()
                    .ifPresent(key -> new AwsSignature(key, store.region())
                            .headers(address, Map.of(), clock.instant())
                            .forEach(request::header));
        }
        return request.build();
    }

    private void refuseFailure(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        Optional<String> region = response.headers().firstValue("x-amz-bucket-region");
        String advice = status / 100 == 3 || status == 400 && region.isPresent()
                ? "The bucket is elsewhere: set AWS_REGION"
                        + region.map(name -> " to " + name).orElse("") + "."
                : status == 403 || status == 401 ? store.advice() : "Check the bucket and path.";
        throw new DeliveryException(Code.DATA, source + ": the store answered " + status, advice);
    }
}
