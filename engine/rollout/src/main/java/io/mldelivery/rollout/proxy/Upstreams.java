package io.mldelivery.rollout.proxy;

import java.io.IOException;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to the versions' servers that wait for their next request. */
final class Upstreams {
    private static final int MOST_IDLE = 64;
    private static final int READ_MILLIS = 60_000;

    private final Map<Integer, Deque<Connection>> idle = new ConcurrentHashMap<>();

    /** An open connection that waits, or null when there is none. */
    Connection reuse(int port) {
        return queue(port).pollFirst();
    }

    Connection open(int port) throws IOException {
        return Connection.open(port, READ_MILLIS);
    }

    void giveBack(int port, Connection connection) {
        if (queue(port).size() < MOST_IDLE) {
            queue(port).addFirst(connection);
        } else {
            connection.close();
        }
    }

    /** Closes what waits for a server that is not asked any more. */
    void closeAllBut(Routes routes) {
        idle.forEach((port, connections) -> {
            boolean used =
                    routes.backends().stream().anyMatch(backend -> backend.port() == port && backend.weight() > 0);
            for (Connection one = used ? null : connections.pollFirst(); one != null; one = connections.pollFirst()) {
                one.close();
            }
        });
    }

    private Deque<Connection> queue(int port) {
        return idle.computeIfAbsent(port, any -> new ConcurrentLinkedDeque<>());
    }
}
