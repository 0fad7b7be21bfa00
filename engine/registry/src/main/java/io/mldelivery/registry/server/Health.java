package io.mldelivery.registry.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a server whether it is well. */
final class Health {
    private static final Duration POLL = Duration.ofMillis(100);

    private Health() {}

    /** Waits until the server is well; false when its process ends before, or time is up. */
    static boolean waitFor(ServerState state, Duration limit) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline && state.guard().isRunning()) {
            if (isWell(http, state.uri())) {
                return state.guard().isRunning(); // else a stranger has the port
            }
            Thread.sleep(POLL.toMillis());
        }
        return false;
    }

    private static boolean isWell(HttpClient http, URI server) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/health"))
                .timeout(Duration.ofSeconds(3))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().strip().equals("OK");
        } catch (IOException e) {
            return false; // not yet; the caller asks again until time is up
        }
    }
}
