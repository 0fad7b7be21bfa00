package io.mldelivery.rollout.metrics;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A number in a JSON document that a server hands out. */
final class JsonOverHttp {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private JsonOverHttp() {}

    static double number(String url, String pointer, Optional<String> token) {
        JsonNode found = document(url, token).at(JsonPointer.compile(pointer));
        if (found.isMissingNode() || found.isNull()) {
            throw problem(url, "has nothing at '" + pointer + "'", null);
        }
        double value = found.isNumber() ? found.doubleValue() : parsed(url, found);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw problem(url, "has " + found.asText() + " at '" + pointer + "', which is no number", null);
        }
        return value;
    }

    private static double parsed(String url, JsonNode found) {
        try {
            return Double.parseDouble(found.asText());
        } catch (NumberFormatException e) {
            throw problem(url, "has " + found + ", which is no number", e);
        }
    }

    private static JsonNode document(String url, Optional<String> token) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).header("Accept", "application/json");
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw problem(url, "answers " + answer.statusCode(), null);
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw problem(url, "sends no JSON", e);
        } catch (IOException e) {
            throw problem(url, "does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(url, "was being asked when the work was interrupted", e);
        }
    }

    /** The query of an address may hold a secret: it is not told. */
    private static DeliveryException problem(String url, String what, Exception cause) {
        return new DeliveryException(
                Code.SERVING, url.replaceAll("\\?.*", "") + " " + what, "Check the metric's url and pointer.", cause);
    }
}
