package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** HAProxy's runtime API: one line in, some lines out, one connection for each command. */
final class HaproxySocket {
    private final String socket;
    private final String backend;

    HaproxySocket(HaproxyAccess access) {
        this.socket = access.socket();
        this.backend = access.backend();
    }

    /**
     * A server of the backend as HAProxy has it.
     *
     * @param weight as set by us; 0 also while it is in maintenance
     */
    record Server(String name, int port, int weight) {}

    /** Columns of {@code show servers state}, version 1: see HAProxy's management guide. */
    List<Server> servers() {
        List<Server> servers = new ArrayList<>();
        for (String line : state().lines().toList()) {
            String[] columns = line.split(" ");
            if (!line.startsWith("#") && columns.length > 18) {
                boolean maintenance = (Integer.parseInt(columns[6]) & 1) != 0;
                servers.add(new Server(
                        columns[3], Integer.parseInt(columns[18]), maintenance ? 0 : Integer.parseInt(columns[7])));
            }
        }
        return servers;
    }

    /** The backend's state in the form of a state file. */
    String state() {
        String text = ask("show servers state " + backend);
        if (!text.startsWith("1\n")) {
            throw problem(
                    "answers '" + text.lines().findFirst().orElse("nothing") + "' when asked for backend " + backend,
                    "Check the backend's name; HAProxy 2.0 or newer is needed.",
                    null);
        }
        return text;
    }

    /** Has a server lead to a port of this machine, with a weight; 0: it gets nothing and is in maintenance. */
    void set(String server, int port, int weight) {
        String name = backend + "/" + server;
        if (weight == 0) {
            command("set server " + name + " state maint");
            return;
        }
        command("set server " + name + " addr 127.0.0.1 port " + port);
        command("set server " + name + " weight " + weight);
        command("set server " + name + " state ready");
    }

    private void command(String line) {
        String answer = ask(line).trim();
        boolean fine = answer.isEmpty()
                || answer.contains("no need to change")
                || answer.contains("changed from")
                || answer.contains("nothing changed");
        if (!fine) {
            throw problem(
                    "refuses '" + line + "': " + answer,
                    "Check the names of backend and servers, and that the socket has level admin.",
                    null);
        }
    }

    private String ask(String line) {
        try (SocketChannel channel = SocketChannel.open(address())) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
            var all = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return all.toString(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw problem(
                    "does not answer at " + socket + ": " + e.getMessage(),
                    "Check that it runs, and its line 'stats socket " + socket + " level admin'.",
                    e);
        }
    }

    private SocketAddress address() {
        if (socket.matches("[^/]+:\\d+")) {
            int colon = socket.lastIndexOf(':');
            return new InetSocketAddress(socket.substring(0, colon), Integer.parseInt(socket.substring(colon + 1)));
        }
        return UnixDomainSocketAddress.of(socket);
    }

    private static DeliveryException problem(String what, String advice, Exception cause) {
        return new DeliveryException(Code.SERVING, "HAProxy " + what, advice, cause);
    }
}
