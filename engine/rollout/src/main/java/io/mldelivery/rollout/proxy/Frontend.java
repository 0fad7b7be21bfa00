package io.mldelivery.rollout.proxy;

import io.mldelivery.rollout.proxy.Routes.Backend;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Takes the clients' connections, each in a thread of its own, and answers one request after the other. */
final class Frontend implements Runnable {
    private static final int IDLE_MILLIS = 60_000;

    private final ServerSocket server;
    private final RouteStore routes;
    private final Upstreams upstreams;
    private final Counters counters;
    private final ExecutorService threads;
    private final Shadow shadow;

    Frontend(ServerSocket server, RouteStore routes, Upstreams upstreams, Counters counters, ExecutorService threads) {
        this.server = server;
        this.routes = routes;
        this.upstreams = upstreams;
        this.counters = counters;
        this.threads = threads;
        this.shadow = new Shadow(upstreams, counters);
    }

    @Override
    public void run() {
        while (!server.isClosed()) {
            try {
                accept(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.err.println("accepting a connection: " + e.getMessage());
                }
            }
        }
    }

    private void accept(Socket socket) throws IOException {
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            socket.close(); // every thread is busy: the client may try again
        }
    }

    private void serve(Socket socket) {
        try (var client = new Connection(socket, IDLE_MILLIS)) {
            while (serveOne(client)) {
                client.out().flush();
            }
        } catch (SocketTimeoutException e) {
            // an idle connection has been closed, as announced by nobody and expected by all
        } catch (IOException e) {
            System.err.println("a connection broke: " + e.getMessage());
        }
    }

    /** Answers one request; returns whether another may follow on this connection. */
    private boolean serveOne(Connection client) throws IOException {
        try {
            Optional<Head> head = Head.read(client.in());
            return head.isPresent() && proxy(client, head.get());
        } catch (HttpFault e) {
            refuse(client, e.status(), e.getMessage());
            return false;
        }
    }

    private boolean proxy(Connection client, Head head) throws IOException, HttpFault {
        if (head.has("expect", "100-continue")) {
            client.out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.out().flush();
        }
        byte[] body = Body.request(head, client.in());
        Optional<Backend> backend = routes.chooser().choose(head);
        if (backend.isEmpty()) {
            refuse(client, 503, "no version serves");
            return false;
        }
        return forward(client, head, body, backend.get()) && head.keepsAlive();
    }

    private boolean forward(Connection client, Head head, byte[] body, Backend backend) throws IOException, HttpFault {
        counters.began(backend.version());
        String code = "broken";
        try {
            var print = new Fingerprint();
            var out = new ToClient(client.out());
            int status = new Exchange(upstreams, out, head, body, print).with(backend);
            code = String.valueOf(status);
            out.flush();
            routes.chooser().mirror().ifPresent(copied -> shadow.copy(copied, head, body, print.of(status)));
            return true;
        } catch (Unreachable e) {
            code = "unreachable";
        } catch (ToClient.ClientGone e) {
            code = "client-gone";
            throw e;
        } finally {
            counters.ended(backend.version(), code);
        }
        refuse(client, 502, "version " + backend.version() + " does not answer");
        return false;
    }

    private static void refuse(Connection client, int status, String message) throws IOException {
        byte[] body = ("{\"error\":\"" + message + "\"}\n").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + message + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n";
        client.out().write(head.getBytes(StandardCharsets.ISO_8859_1));
        client.out().write(body);
        client.out().flush();
    }
}
