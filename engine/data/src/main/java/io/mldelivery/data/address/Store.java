package io.mldelivery.data.address;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where buckets are and who asks: Amazon S3 and servers like it, and Google Cloud Storage, which speaks the same protocol.
 *
 * @param endpoint without bucket; {@code bucketInHost} says whether the bucket's name goes before it or into the path
 * @param key access key; empty asks without a signature
 * @param bearer an OAuth token instead of a signature
 * @param advice what to set when the store refuses
 */
record Store(
        URI endpoint, boolean bucketInHost, String region, Optional<Key> key, Optional<String> bearer, String advice) {
    private static final String S3_ADVICE =
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN) of someone who may read it.";
    private static final String GOOGLE_ADVICE = "Set GCS_ACCESS_KEY_ID and GCS_SECRET_ACCESS_KEY (an HMAC key), or"
            + " GOOGLE_OAUTH_ACCESS_TOKEN, of someone who may read it.";

    /** An access key with its secret, which never stands in messages. */
    record Key(String id, String secret, Optional<String> session) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** From the variables that Amazon's own tools read. */
    static Store s3(Map<String, String> environment, String source) {
        String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION").orElse("us-east-1");
        Optional<Key> key = key(environment, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
        Optional<String> endpoint = first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
        boolean inHost = endpoint.isEmpty() && !bucket(source).contains(".");
        return new Store(
                endpoint(endpoint.orElse("https://s3." + region + ".amazonaws.com"), "AWS_ENDPOINT_URL_S3"),
                inHost,
                region,
                key,
                Optional.empty(),
                S3_ADVICE);
    }

    static Store google(Map<String, String> environment) {
        return new Store(
                endpoint(
                        first(environment, "GCS_ENDPOINT_URL").orElse("https://storage.googleapis.com"),
                        "GCS_ENDPOINT_URL"),
                false,
                "auto",
                key(environment, "GCS_ACCESS_KEY_ID", "GCS_SECRET_ACCESS_KEY", "GCS_SESSION_TOKEN"),
                first(environment, "GOOGLE_OAUTH_ACCESS_TOKEN"),
                GOOGLE_ADVICE);
    }

    static String bucket(String source) {
        return source.replaceFirst("^[^:]*://", "").replaceFirst("/.*", "");
    }

    private static URI endpoint(String text, String variable) {
        try {
            URI endpoint = URI.create(text.replaceFirst("/+$", ""));
            if (endpoint.getHost() != null) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(variable, e);
        }
        throw wrong(variable, null);
    }

    private static DeliveryException wrong(String variable, Exception cause) {
        return new DeliveryException(
                Code.CONFIG, variable + " holds no address", "Write it as https://host:9000.", cause);
    }

    private static Optional<Key> key(Map<String, String> environment, String id, String secret, String session) {
        return first(environment, id)
                .map(name -> new Key(
                        name,
                        first(environment, secret)
                                .orElseThrow(() -> new DeliveryException(
                                        Code.CONFIG,
                                        id + " is set and " + secret + " is not",
                                        "Set both, or neither for what everyone may read.")),
                        first(environment, session)));
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The address of an object, or with an empty key of the bucket. */
    URI address(String bucket, String object, String query) {
        String host = bucketInHost ? bucket + "." + endpoint.getHost() : endpoint.getHost();
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        String before = endpoint.getRawPath() + (bucketInHost ? "" : "/" + bucket);
        return URI.create(endpoint.getScheme() + "://" + host + port + before + "/" + AwsSignature.encoded(object, true)
                + (query.isEmpty() ? "" : "?" + query));
    }
}
