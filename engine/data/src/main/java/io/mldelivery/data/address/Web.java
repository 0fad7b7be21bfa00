package io.mldelivery.data.address;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches one file by HTTP; repeats what can be expected to pass. */
final class Web {
    /** The environment variable with the token that is sent as {@code Authorization: Bearer …}. */
    static final String TOKEN = "MLDELIVERY_DATA_TOKEN";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final int TRIES = 3;
    private static final int REDIRECTS = 5;

    private final Optional<String> token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Web(Map<String, String> environment) {
        token = Optional.ofNullable(environment.get(TOKEN)).filter(text -> !text.isBlank());
    }

    /** Fetches into the file; {@code shown} is the address for messages. */
    void fetch(String shown, URI address, Path file) {
        URI now = address;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpResponse<Path> response = get(shown, request(address, now), file);
            Optional<String> elsewhere =
                    response.statusCode() / 100 == 3 ? response.headers().firstValue("Location") : Optional.empty();
            if (elsewhere.isEmpty()) {
                refuseFailure(shown, response.statusCode());
                return;
            }
            now = now.resolve(elsewhere.get());
            refuseDowngrade(shown, address, now);
        }
        throw new DeliveryException(
                Code.DATA, shown + ": is redirected more than " + REDIRECTS + " times", "Name the final address.");
    }

    private static void refuseDowngrade(String shown, URI address, URI now) {
        boolean web = "https".equals(now.getScheme()) || "http".equals(now.getScheme());
        if (!web || "https".equals(address.getScheme()) && "http".equals(now.getScheme())) {
            throw new DeliveryException(
                    Code.DATA,
                    shown + ": is redirected to an address that is not https",
                    "Name the final address, if you trust it.");
        }
    }

    /** The token is for the host that was named, not for whom it redirects to. */
    private HttpRequest request(URI address, URI now) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(now).timeout(PATIENCE).GET();
        boolean same = address.getHost().equalsIgnoreCase(now.getHost()) && address.getPort() == now.getPort();
        if (same) {
            token.ifPresent(text -> request.header("Authorization", "Bearer " + text.strip()));
        }
        return request.build();
    }

    private HttpResponse<Path> get(String shown, HttpRequest request, Path file) {
        return Retries.run(TRIES, shown, () -> client.send(request, BodyHandlers.ofFile(file)));
    }

    private void refuseFailure(String shown, int status) {
        if (status / 100 == 2) {
            return;
        }
        String advice = switch (status) {
            case 401, 403 ->
                token.isPresent()
                        ? "Check that the token in " + TOKEN + " is valid and may read the file."
                        : "Set the environment variable " + TOKEN + " to a token that may read the file.";
            case 404, 410 -> "Check the address.";
            default -> "Try again later; the server's log says more.";
        };
        throw new DeliveryException(Code.DATA, shown + ": the server answered " + status, advice);
    }

    /** A request that is repeated after an answer or a break-off that may pass. */
    static final class Retries {
        private static final long PAUSE_MILLIS = 250;

        private Retries() {}

        interface Send<T> {
            HttpResponse<T> run() throws IOException, InterruptedException;
        }

        static <T> HttpResponse<T> run(int tries, String shown, Send<T> send) {
            for (int attempt = 1; ; attempt++) {
                try {
                    HttpResponse<T> response = send.run();
                    boolean mayPass = response.statusCode() == 429 || response.statusCode() / 100 == 5;
                    if (!mayPass || attempt == tries) {
                        return response;
                    }
                } catch (IOException e) {
                    if (attempt == tries) {
                        throw new DeliveryException(
                                Code.DATA,
                                shown + ": cannot be fetched: " + reason(e),
                                "Check the address and that this machine may reach the host.",
                                e);
                    }
                } catch (InterruptedException e) {
                    throw interrupted(shown, e);
                }
                pause(shown, attempt);
            }
        }

        private static String reason(IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }

        private static void pause(String shown, int attempt) {
            try {
                Thread.sleep(PAUSE_MILLIS << 2 * (attempt - 1));
            } catch (InterruptedException e) {
                throw interrupted(shown, e);
            }
        }

        private static DeliveryException interrupted(String shown, InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DeliveryException(
                    Code.ENVIRONMENT, shown + ": fetching was interrupted", "Run the check again.", e);
        }
    }
}
