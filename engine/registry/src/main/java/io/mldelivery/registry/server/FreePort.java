package io.mldelivery.registry.server;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks for ports on loopback; what it finds may be taken by another a moment later. */
final class FreePort {
    private FreePort() {}

    static int any() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "there is no free port on loopback: " + e.getMessage(),
                    "End programs that hold many connections, then run again.",
                    e);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // taken, which is the question
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        return socket;
    }
}
