package io.mldelivery.drift.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, at one page, driven by its DevTools protocol: keys are pressed as a person presses them. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "ArrowRight", 39, "ArrowDown", 40, " ", 32);
    private static final int SHIFT = 8;

    private final Process process;
    private final WebSocket socket;
    private final Answers answers = new Answers();
    private int sent;

    private Browser(Process process, URI page, HttpClient client) {
        this.process = process;
        this.socket = client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(page, answers)
                .join();
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(part -> Files.isExecutable(Path.of(part, "chromium")));
    }

    /** Opens a page and waits until it is loaded; the folder is for the browser's own files. */
    static Browser open(URI page, int width, Path folder) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--window-size=" + width + ",800",
                        "--user-data-dir=" + folder,
                        page.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile());
        command.environment().put("TMPDIR", folder.toString());
        Process process = command.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            Browser browser = new Browser(process, socketOf(page, folder, client), client);
            browser.send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
            browser.await("document.readyState === 'complete'");
            return browser;
        } catch (Exception e) {
            end(process);
            throw e;
        }
    }

    private static URI socketOf(URI page, Path folder, HttpClient client) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Optional<URI> found = target(page, folder.resolve("DevToolsActivePort"), client);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(50);
        }
        throw new IOException("Chromium did not open the page within " + PATIENCE);
    }

    private static Optional<URI> target(URI page, Path port, HttpClient client) throws Exception {
        List<String> lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
        if (lines.size() < 2) {
            return Optional.empty();
        }
        var list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.get(0) + "/json/list"))
                .build();
        for (JsonNode target :
                JSON.readTree(client.send(list, BodyHandlers.ofString()).body())) {
            if (target.path("url").asText().equals(page.toString())) {
                return Optional.of(
                        URI.create(target.path("webSocketDebuggerUrl").asText()));
            }
        }
        return Optional.empty();
    }

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = ++sent;
        String message = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(message, true).join();
        while (true) {
            String text = answers.messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new IOException("Chromium did not answer " + method);
            }
            JsonNode answer = JSON.readTree(text);
            if (answer.path("id").asInt() == id) {
                return answer;
            }
        }
    }

    /** The value of a JavaScript expression in the page. */
    JsonNode value(String expression) throws Exception {
        JsonNode answer = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.at("/result/exceptionDetails").isObject() || answer.has("error")) {
            throw new IOException(expression + ": " + answer);
        }
        return answer.at("/result/result/value");
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!value(expression).asBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IOException("never true: " + expression);
            }
            Thread.sleep(50);
        }
    }

    void press(String key) throws Exception {
        press(key, 0);
    }

    void pressWithShift(String key) throws Exception {
        press(key, SHIFT);
    }

    private void press(String key, int modifiers) throws Exception {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            KEYS.get(key),
                            "modifiers",
                            modifiers));
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        end(process);
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** Puts the parts of messages together. */
    private static final class Answers implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
