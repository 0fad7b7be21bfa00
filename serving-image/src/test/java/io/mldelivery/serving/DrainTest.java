package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM to a real process: not ready at once, whatever was sent is answered, exit 0. */
@Timeout(60)
class DrainTest {

    private static final String BODY = TestServer.cancerRows(1);

    @Test
    void shouldAnswerWhatIsUnderWayWhenTerminated() throws Exception {
        Process process = launch("--drill", "latency=700ms");
        try {
            int port = port(process);
            ExecutorService clients = Executors.newFixedThreadPool(8);
            List<Future<Integer>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                replies.add(clients.submit(() -> post(port)));
            }
            Thread.sleep(300);
            process.destroy();
            for (Future<Integer> reply : replies) {
                assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            clients.shutdown();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldLoseNoRequestWhenTerminatedUnderLoad() throws Exception {
        Process process = launch();
        try {
            int port = port(process);
            ExecutorService clients = Executors.newFixedThreadPool(4);
            List<Future<Integer>> counts = new ArrayList<>();
            CountDownLatch underLoad = new CountDownLatch(100);
            for (int i = 0; i < 4; i++) {
                counts.add(clients.submit(() -> postUntilRefused(port, underLoad)));
            }
            assertThat(underLoad.await(60, TimeUnit.SECONDS)).isTrue();
            process.destroy();
            for (Future<Integer> count : counts) {
                assertThat(count.get(60, TimeUnit.SECONDS)).isPositive();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            clients.shutdown();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldExit64WhenAnOptionIsUnknown() throws Exception {
        Process process = launch("--colour", "red");

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(64);
    }

    /** Every request gets its reply until the port is closed; a reset fails the test. */
    private static int postUntilRefused(int port, CountDownLatch answers) throws IOException {
        int answered = 0;
        while (true) {
            try {
                assertThat(post(port)).isEqualTo(200);
                answered++;
                answers.countDown();
            } catch (ConnectException e) {
                return answered;
            }
        }
    }

    private static int post(int port) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/predictions/cancer")
                        .toURL()
                        .openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
        int status = connection.getResponseCode();
        connection.getInputStream().readAllBytes();
        return status;
    }

    private static Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.mldelivery.serving.ServingMain",
                "--models",
                "cancer=" + TestServer.MODELS.resolve("cancer"),
                "--port",
                "0",
                "--management-port",
                "0"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process process) throws IOException, InterruptedException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Matcher line = Pattern.compile("\\{\"event\":\"listening\",\"port\":(\\d+),\"managementPort\":\\d+}")
                .matcher(String.valueOf(out.readLine()));
        assertThat(line.matches()).isTrue();
        int port = Integer.parseInt(line.group(1));
        while (!ready(port)) {
            Thread.sleep(20);
        }
        return port;
    }

    private static boolean ready(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
        return connection.getResponseCode() == 200;
    }
}
