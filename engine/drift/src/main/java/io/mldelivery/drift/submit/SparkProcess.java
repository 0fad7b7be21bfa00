package io.mldelivery.drift.submit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A running spark-submit. Neither it nor what it started outlives this object, the calling thread's wait or this JVM. */
final class SparkProcess implements AutoCloseable {
    private static final long SECONDS_TO_STOP = 10;
    private static final long MILLIS_TO_READ_ON = 10_000;

    private final Process process;
    private final Thread printed;
    private final Thread said;
    private final Thread atExit = new Thread(this::end, "end spark-submit");

    SparkProcess(List<String> command, Surroundings surroundings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(surroundings.folder().toAbsolutePath().toFile());
        builder.environment().putAll(surroundings.environment());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(atExit);
        process.getOutputStream().close();
        printed = reading(process.inputReader(StandardCharsets.UTF_8), surroundings.out());
        said = reading(process.errorReader(StandardCharsets.UTF_8), surroundings.messages());
    }

    private static Thread reading(BufferedReader reader, Consumer<String> lines) {
        Thread thread = new Thread(() -> read(reader, lines), "output of spark-submit");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(BufferedReader reader, Consumer<String> lines) {
        try (reader) {
            reader.lines().forEach(lines);
        } catch (IOException | UncheckedIOException e) {
            lines.accept("(the output ends here: " + e.getMessage() + ")");
        }
    }

    /** Waits for its end and for the last of its output; answers with the exit code. */
    int await() throws InterruptedException {
        int code = process.waitFor();
        printed.join(MILLIS_TO_READ_ON);
        said.join(MILLIS_TO_READ_ON);
        return code;
    }

    /** Asks the driver to stop, so that it gives its executors back; ends it when it does not. Waits even if interrupted. */
    private void end() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(ProcessHandle::isAlive)
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, SECONDS_TO_STOP, TimeUnit.SECONDS)
                .join();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is stopping, which runs the hook: the process has ended already
        }
    }
}
