package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients as they come: slow, hasty, half gone, too large. The server answers each and goes on. */
@Timeout(30)
class BadClientTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startCancer("--max-body", "65536", "--request-time", "1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void shouldStillServeOthers() {
        assertThat(server.post("/predictions/cancer", TestServer.cancerRows(1)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldAnswer413WithoutReadingWhenTheBodyIsTooLarge() throws IOException {
        String reply = exchange("POST /predictions/cancer HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n"
                + "Content-Type: application/json\r\n\r\n[[1");

        assertThat(reply).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE").contains("application/json");
    }

    @Test
    void shouldAnswer413WhenAChunkedBodyGrowsTooLarge() throws IOException {
        String chunk = "4000\r\n" + "1".repeat(0x4000) + "\r\n";
        String reply = exchange("POST /predictions/cancer HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: application/json\r\n\r\n" + chunk.repeat(5));

        assertThat(reply).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
    }

    @Test
    void shouldRefuseAGzipBombWhenItGrowsBeyondTheLimit() throws IOException {
        byte[] bomb = gzip(" ".repeat(5_000_000));
        String head = "POST /predictions/cancer HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + bomb.length + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bomb);

            assertThat(readAll(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void shouldReadAGzipBody() throws IOException {
        byte[] body = gzip(TestServer.cancerRows(1));
        String head = "POST /predictions/cancer HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);

            assertThat(readAll(socket)).startsWith("HTTP/1.1 200").contains("predictions");
        }
    }

    @Test
    void shouldCompressALargeReplyForAClientThatAcceptsIt() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/predictions/cancer"))
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(TestServer.cancerRows(100)))
                .build();
        HttpResponse<byte[]> reply = server.client().send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(reply.headers().firstValue("Content-Encoding")).hasValue("gzip");
        String plain =
                server.post("/predictions/cancer", TestServer.cancerRows(100)).body();
        assertThat(reply.body()).hasSizeLessThan(plain.length() / 2);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
    }

    @Test
    void shouldAnswer408WhenNotEvenTheProtocolCanBeTold() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("PRI * HT".getBytes(StandardCharsets.US_ASCII));

            assertThat(readAll(socket)).startsWith("HTTP/1.1 408").contains("REQUEST_TIMEOUT");
        }
    }

    @Test
    void shouldAnswer408WhenARequestTricklesIn() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            for (byte b : "POST /predictions/cancer".getBytes(StandardCharsets.US_ASCII)) {
                out.write(b);
                Thread.sleep(100);
                if (socket.getInputStream().available() > 0) {
                    break;
                }
            }

            assertThat(readAll(socket)).startsWith("HTTP/1.1 408").contains("REQUEST_TIMEOUT");
        }
    }

    @Test
    void shouldAnswerWhenTheClientHasClosedItsSendingHalf() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request(TestServer.cancerRows(1)));
            socket.shutdownOutput();

            assertThat(readAll(socket)).startsWith("HTTP/1.1 200").contains("predictions");
        }
    }

    @Test
    void shouldAnswerPipelinedRequestsInOrder() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request(TestServer.cancerRows(1)));
            socket.getOutputStream().write(request("[[1,2,3]]"));
            socket.getOutputStream().write(request(TestServer.cancerRows(1)));
            socket.shutdownOutput();

            assertThat(readAll(socket).replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|$)", "$1 "))
                    .isEqualTo("200 400 200 ");
        }
    }

    @Test
    void shouldGoOnWhenTheClientVanishesInTheMiddleOfABody() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("POST /predictions/cancer HTTP/1.1\r\nContent-Length: 100\r\n\r\n[[1"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoLinger(true, 0);
        }
    }

    @Test
    void shouldAnswer400WhenItIsNotHttp() throws IOException {
        assertThat(exchange("\u0016\u0003\u0001 TLS?\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("MALFORMED_REQUEST");
    }

    @Test
    void shouldAnswer431WhenHeadersAreTooLarge() throws IOException {
        assertThat(exchange("GET /ping HTTP/1.1\r\nX-Large: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("HEADERS_TOO_LARGE");
    }

    @Test
    void shouldCloseWhenHttp10DoesNotAskToStay() throws IOException {
        assertThat(exchange("GET /ping HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] request(String body) {
        return ("POST /predictions/cancer HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.port());
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return readAll(socket);
        }
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
