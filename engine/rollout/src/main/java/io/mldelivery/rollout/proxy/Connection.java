package io.mldelivery.rollout.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One open connection with its buffers. */
final class Connection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, int readMillis) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(readMillis);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    }

    /** Opens a connection to a port of this machine. */
    static Connection open(int port, int readMillis) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return new Connection(socket, readMillis);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("closing a connection: " + e.getMessage());
        }
    }
}
