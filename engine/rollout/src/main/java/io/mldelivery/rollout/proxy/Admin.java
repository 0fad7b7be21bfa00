package io.mldelivery.rollout.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Properties;

/**
 * Where the proxy is told what to do, on loopback only and only for those who can read the token file: {@code GET} and
 * {@code PUT /routes}, {@code PUT} and {@code DELETE /replay}; {@code GET /metrics} for anybody on this machine.
 */
final class Admin {
    private final byte[] authorization;
    private final RouteStore routes;
    private final Upstreams upstreams;
    private final Counters counters;
    private final Replay replay;

    Admin(String token, RouteStore routes, Upstreams upstreams, Counters counters, Replay replay) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.routes = routes;
        this.upstreams = upstreams;
        this.counters = counters;
        this.replay = replay;
    }

    HttpServer listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/routes", exchange -> answer(exchange, true, this::routes));
        server.createContext("/replay", exchange -> answer(exchange, true, this::replay));
        server.createContext("/metrics", exchange -> answer(exchange, false, (method, body) -> counters.text()));
        server.start();
        return server;
    }

    private interface Action {
        String run(String method, String body) throws IOException;
    }

    private String routes(String method, String body) throws IOException {
        if (method.equals("PUT")) {
            Routes wanted = Routes.parse(body);
            if (!wanted.mirror()
                    .map(Routes.Mirror::version)
                    .equals(routes.chooser().routes().mirror().map(Routes.Mirror::version))) {
                counters.forgetMirrored();
            }
            routes.replace(wanted);
            upstreams.closeAllBut(wanted);
        }
        return routes.chooser().routes().text();
    }

    private String replay(String method, String body) throws IOException {
        if (method.equals("DELETE")) {
            replay.stop();
            return "";
        }
        var order = new Properties();
        order.load(new StringReader(body));
        replay.order(order);
        return "";
    }

    private void answer(HttpExchange exchange, boolean guarded, Action action) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(64 * 1024), StandardCharsets.UTF_8);
            if (guarded && !isAuthorized(exchange)) {
                reply(exchange, 401, "the token is missing or wrong\n");
                return;
            }
            reply(exchange, 200, action.run(exchange.getRequestMethod(), body));
        } catch (IllegalArgumentException e) {
            reply(exchange, 400, e.getMessage() + "\n");
        } catch (IOException e) {
            reply(exchange, 500, e + "\n");
        }
    }

    private boolean isAuthorized(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
