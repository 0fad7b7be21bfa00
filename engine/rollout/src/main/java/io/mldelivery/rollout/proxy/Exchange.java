package io.mldelivery.rollout.proxy;

import io.mldelivery.rollout.proxy.Head.Field;
import io.mldelivery.rollout.proxy.Routes.Backend;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One request: to the chosen version's server and its answer back to the client. */
final class Exchange {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Upstreams upstreams;
    private final OutputStream client;
    private final Head request;
    private final byte[] body;
    private final Fingerprint print;

    /** @param print takes note of the answer's body */
    Exchange(Upstreams upstreams, OutputStream client, Head request, byte[] body, Fingerprint print) {
        this.upstreams = upstreams;
        this.client = client;
        this.request = request;
        this.body = body;
        this.print = print;
    }

    /** The server's answer, not yet read beyond its header. */
    private record Answer(Connection connection, Head head) {}

    /**
     * Does it.
     *
     * @return the status that the server gave
     * @throws Unreachable when the server gave none; the client has then got nothing yet
     * @throws IOException when the connection broke in the middle of the answer
     */
    int with(Backend backend) throws IOException, HttpFault, Unreachable {
        Answer answer = ask(backend.port());
        boolean reusable = false;
        try {
            reusable = relay(answer, backend) && answer.head().keepsAlive();
        } finally {
            if (reusable) {
                upstreams.giveBack(backend.port(), answer.connection());
            } else {
                answer.connection().close();
            }
        }
        return answer.head().status();
    }

    /** A connection that waited may have been closed by the server meanwhile: only then the request is sent again. */
    private Answer ask(int port) throws Unreachable {
        Connection waiting = upstreams.reuse(port);
        if (waiting != null) {
            try {
                return send(waiting);
            } catch (IOException | HttpFault e) {
                waiting.close();
            }
        }
        return askAnew(port);
    }

    private Answer askAnew(int port) throws Unreachable {
        Connection connection = null;
        try {
            connection = upstreams.open(port);
            return send(connection);
        } catch (IOException | HttpFault e) {
            if (connection != null) {
                connection.close();
            }
            throw new Unreachable(e);
        }
    }

    private Answer send(Connection connection) throws IOException, HttpFault {
        OutputStream out = connection.out();
        write(out, request.firstLine(), request.endToEnd());
        boolean hasBody = body.length > 0 || request.value("content-length").isPresent();
        out.write(((hasBody ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        for (; ; ) {
            Head head = Head.read(connection.in()).orElseThrow(() -> new EOFException("no answer"));
            if (head.status() == 0) {
                throw new EOFException("no HTTP answer");
            }
            if (head.status() >= 200) {
                return new Answer(connection, head);
            }
        }
    }

    /** Passes the answer on; returns whether it came to its stated end, so that the connection can be used again. */
    private boolean relay(Answer answer, Backend backend) throws IOException, HttpFault {
        Head head = answer.head();
        OutputStream out = client;
        write(out, head.firstLine(), head.endToEnd());
        field(out, "X-Mldelivery-Version", backend.version());
        boolean ended = framed(answer, head, out);
        out.flush();
        return ended;
    }

    private boolean framed(Answer answer, Head head, OutputStream out) throws IOException, HttpFault {
        Optional<String> length = head.value("content-length");
        if (request.method().equals("HEAD") || head.status() == 204 || head.status() == 304) {
            if (length.isPresent()) {
                field(out, "Content-Length", length.get());
            }
            out.write(LINE_END);
            return true;
        }
        if (head.isChunked() || length.isEmpty()) {
            return chunked(answer, head, out, print);
        }
        field(out, "Content-Length", length.get());
        out.write(LINE_END);
        Body.copy(answer.connection().in(), print.through(out), head.length());
        return true;
    }

    private static boolean chunked(Answer answer, Head head, OutputStream out, Fingerprint print)
            throws IOException, HttpFault {
        field(out, "Transfer-Encoding", "chunked");
        out.write(LINE_END);
        if (head.isChunked()) {
            Body.copyChunks(answer.connection().in(), print.through(out), true);
            return true;
        }
        byte[] buffer = new byte[16 * 1024];
        for (int read = answer.connection().in().read(buffer);
                read > 0;
                read = answer.connection().in().read(buffer)) {
            out.write((Integer.toHexString(read) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(buffer, 0, read);
            out.write(LINE_END);
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return false;
    }

    private static void write(OutputStream out, String firstLine, List<Field> fields) throws IOException {
        out.write((firstLine + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        for (Field field : fields) {
            field(out, field.name(), field.value());
        }
    }

    private static void field(OutputStream out, String name, String value) throws IOException {
        out.write((name + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
