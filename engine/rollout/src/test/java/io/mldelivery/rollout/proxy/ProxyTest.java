package io.mldelivery.rollout.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mldelivery.rollout.proxy.Routes.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Counters counters = new Counters();
    private final List<HttpServer> servers = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicReference<String> received = new AtomicReference<>();
    private ServerSocket listener;
    private RouteStore routes;

    @BeforeEach
    void listen() throws IOException {
        routes = new RouteStore(folder.resolve("routes"));
        listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        threads.execute(new Frontend(listener, routes, new Upstreams(), counters, threads));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void shouldSplitRequestsExactlyByWeight() throws Exception {
        routes.replace(new Routes(List.of(new Backend("1", server(200), 90), new Backend("2", server(200), 10))));

        Map<String, Integer> split = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            split.merge(post("x").headers().firstValue("X-Mldelivery-Version").orElseThrow(), 1, Integer::sum);
        }

        assertThat(split).containsEntry("1", 900).containsEntry("2", 100);
        awaitText("mldelivery_proxy_requests_total{version=\"1\",code=\"200\"} 900");
        awaitText("mldelivery_proxy_requests_in_flight{version=\"2\"} 0");
    }

    @Test
    void shouldCopyRequestsToAVersionThatAnswersNobody() throws Exception {
        routes.replace(new Routes(
                List.of(new Backend("1", server(200), 100), new Backend("2", server(500), 0)),
                java.util.Optional.of(new Routes.Mirror("2", 100)),
                java.util.Optional.empty()));

        for (int i = 0; i < 20; i++) {
            assertThat(post("x").headers().firstValue("X-Mldelivery-Version")).contains("1");
        }

        awaitText("mldelivery_proxy_requests_total{version=\"2\",code=\"500\"} 20");
        awaitText("mldelivery_proxy_mirrored_total{result=\"different\"} 20");
        routes.replace(new Routes(
                List.of(new Backend("1", server(200), 100), new Backend("3", server(200), 0)),
                java.util.Optional.of(new Routes.Mirror("3", 100)),
                java.util.Optional.empty()));
        post("y");
        awaitText("mldelivery_proxy_mirrored_total{result=\"same\"} 1");
    }

    @Test
    void shouldSendUsersWhereTheyBelong() throws Exception {
        List<Backend> both = List.of(new Backend("1", server(200), 70), new Backend("2", server(200), 30));
        routes.replace(rule(both, "header", "X-Group", "b"));
        assertThat(version("X-Group", "b")).isEqualTo("2");
        assertThat(version("X-Group", "a")).isEqualTo("1");
        assertThat(version("X-Other", "b")).isEqualTo("1");
        routes.replace(rule(both, "cookie", "group", "b"));
        assertThat(version("Cookie", "x=y; group=b")).isEqualTo("2");
        assertThat(version("Cookie", "group=bb")).isEqualTo("1");
    }

    /** 2,000 users at 30 %: each keeps the version, at 60 % none of them loses it, and the shares are honest. */
    @Test
    void shouldKeepUsersByTheHashOfTheirKey() {
        int at30 = 0;
        for (int user = 0; user < 2_000; user++) {
            at30 += Chooser.slot("user-" + user) < 30 ? 1 : 0;
            assertThat(Chooser.slot("user-" + user))
                    .isEqualTo(Chooser.slot("user-" + user))
                    .isBetween(0, 99);
        }
        assertThat(at30).isBetween(540, 660);
    }

    private static Routes rule(List<Backend> backends, String by, String name, String value) {
        var routes = new Routes(
                backends, java.util.Optional.empty(), java.util.Optional.of(new Routes.Rule("2", by, name, value)));
        assertThat(Routes.parse(routes.text())).isEqualTo(routes);
        return routes;
    }

    private String version(String header, String value) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(uri("/predictions/m"))
                                .header(header, value)
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("X-Mldelivery-Version")
                .orElseThrow();
    }

    @Test
    void shouldPassBodiesStatusesAndHeadersOn() throws Exception {
        routes.replace(new Routes(List.of(new Backend("1", server(418), 100))));

        HttpResponse<String> answer = post("{\"inputs\": [[1]]}");

        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("answer to {\"inputs\": [[1]]}");
        assertThat(received.get()).isEqualTo("POST /predictions/m?a=b X-Test=yes");
    }

    @Test
    void shouldPassChunkedBodiesOn() throws Exception {
        routes.replace(new Routes(List.of(new Backend("1", server(200), 100))));
        String big = "0123456789".repeat(30_000);
        var request = HttpRequest.newBuilder(uri("/chunked"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(big.getBytes(StandardCharsets.UTF_8))))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("answer to " + big);
    }

    @Test
    void shouldAnswer503WhenNoVersionServesAnd502WhenItIsGone() throws Exception {
        assertThat(post("x").statusCode()).isEqualTo(503);

        int port = server(200);
        servers.get(0).stop(0);
        routes.replace(new Routes(List.of(new Backend("7", port, 100))));

        assertThat(post("x").statusCode()).isEqualTo(502);
        assertThat(counters.text()).contains("{version=\"7\",code=\"unreachable\"} 1");
    }

    /** Neither is the version's fault hidden nor the client's laid on the version. */
    @Test
    void shouldTellAVersionThatBreaksOffFromAClientThatGoesAway() throws Exception {
        try (var half = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answerHalf(half));
            routes.replace(new Routes(List.of(new Backend("8", half.getLocalPort(), 100))));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> post("x")).isInstanceOf(IOException.class);
            awaitText("{version=\"8\",code=\"broken\"} 1");
        }
        try (var endless = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answerWithoutEnd(endless));
            routes.replace(new Routes(List.of(new Backend("9", endless.getLocalPort(), 100))));
            assertThat(raw("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 200");
            awaitText("{version=\"9\",code=\"client-gone\"} 1");
        }
    }

    private static void answerHalf(ServerSocket server) {
        try (Socket one = server.accept()) {
            one.getInputStream().read(new byte[8_192]);
            one.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void answerWithoutEnd(ServerSocket server) {
        try (Socket one = server.accept()) {
            one.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + 1_000_000_000_000L + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                one.getOutputStream().write(new byte[64 * 1024]);
            }
        } catch (IOException e) {
            // the proxy has hung up, as it should
        }
    }

    @Test
    void shouldKeepRoutesOverARestart() throws Exception {
        var wanted = new Routes(List.of(new Backend("1", 1234, 75), new Backend("2-r1", 1235, 25)));
        routes.replace(wanted);

        assertThat(new RouteStore(folder.resolve("routes")).chooser().routes()).isEqualTo(wanted);
    }

    @Test
    void shouldRefuseAmbiguousAndBrokenRequests() throws Exception {
        routes.replace(new Routes(List.of(new Backend("1", server(200), 100))));

        assertThat(raw("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST / HTTP/1.1\r\nbad header\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("GET / HTTP/1.1\r\nA: " + "x".repeat(70_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void shouldRefuseRoutesThatDoNotSum() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Routes.parse("port.1=80\nweight.1=90\n"))
                .hasMessage("weights sum to 90, not to 100");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Routes.parse("port.1=80\n"))
                .hasMessage("weight.1 is '', not a whole number");
    }

    @Test
    void shouldListEveryClassOfThePackage() throws IOException {
        Path classes = Path.of("target/classes/io/mldelivery/rollout/proxy");
        try (Stream<Path> files = Files.list(classes)) {
            var names = new TreeSet<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.class"))
                    .map(name -> name.replace(".class", ""))
                    .toList());
            assertThat(names).containsExactlyElementsOf(new TreeSet<>(ProxyMain.classes()));
        }
    }

    /** A request is counted when its last byte has gone, which a client may notice first. */
    private void awaitText(String text) throws InterruptedException {
        for (int i = 0; i < 100 && !counters.text().contains(text); i++) {
            Thread.sleep(10);
        }
        assertThat(counters.text()).contains(text);
    }

    private int server(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            received.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " X-Test="
                    + exchange.getRequestHeaders().getFirst("X-Test"));
            byte[] answer = ("answer to "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
            exchange.sendResponseHeaders(status, chunked ? 0 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri("/predictions/m?a=b"))
                        .header("X-Test", "yes")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] start = new byte[12];
            int read = socket.getInputStream().readNBytes(start, 0, 12);
            return new String(start, 0, read, StandardCharsets.ISO_8859_1);
        }
    }
}
