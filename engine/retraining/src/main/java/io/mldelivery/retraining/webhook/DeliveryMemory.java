package io.mldelivery.retraining.webhook;

import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which deliveries were taken already, in a file, so that a repeated one is known after a restart as well. A delivery
 * is on disk before {@link #claim} returns.
 *
 * <p>Keeps what is younger than 30 days, at most 10,000 deliveries; a sender repeats within hours, and an older
 * repetition of an MLflow delivery is outside of its time window anyway. Safe between threads of one process.
 */
public final class DeliveryMemory {
    static final Duration KEPT = Duration.ofDays(30);
    static final int AT_MOST = 10_000;

    private final Path file;
    private final Map<String, Instant> known = new LinkedHashMap<>();
    private boolean loaded;

    public DeliveryMemory(Path file) {
        this.file = file;
    }

    /** Remembers the delivery; false when it was known already. */
    public synchronized boolean claim(String identity, Instant now) {
        load();
        String key = EvidenceLog.sha256(identity);
        Instant before = known.get(key);
        if (before != null && before.isAfter(now.minus(KEPT))) {
            return false;
        }
        write(() -> append(line(key, now)));
        known.put(key, now);
        if (known.size() > AT_MOST + AT_MOST / 10) {
            compact(now);
        }
        return true;
    }

    /** Forgets a claim whose work could not begin, so that the sender's next try is taken. */
    public synchronized void release(String identity) {
        load();
        if (known.remove(EvidenceLog.sha256(identity)) != null) {
            write(this::rewrite);
        }
    }

    private void load() {
        if (!loaded) {
            write(this::read);
            loaded = true;
        }
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String content = Files.readString(file);
        content.substring(0, content.lastIndexOf('\n') + 1).lines().forEach(this::remember);
        if (!content.endsWith("\n")) {
            rewrite(); // a crash cut the last line off
        }
    }

    private void remember(String line) {
        String[] parts = line.split(" ", 2);
        try {
            known.put(parts[1], Instant.parse(parts[0]));
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new DeliveryException(
                    Code.DATA,
                    file + ": not a list of deliveries",
                    "Move the file away; deliveries of the last days can then be repeated once.",
                    e);
        }
    }

    private void compact(Instant now) {
        known.values().removeIf(at -> at.isBefore(now.minus(KEPT)));
        int excess = known.size() - AT_MOST;
        if (excess > 0) {
            known.keySet().removeAll(known.keySet().stream().limit(excess).toList());
        }
        write(this::rewrite);
    }

    private void append(String line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = channel.size();
            try {
                writeAll(channel.position(end), line);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
    }

    private void rewrite() throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        String lines = known.entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue()))
                .collect(Collectors.joining());
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(channel, lines);
        }
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeAll(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static String line(String key, Instant at) {
        return at + " " + key + "\n";
    }

    /** File work that can fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void write(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot keep the list of deliveries in " + file + ": " + e.getMessage(),
                    "Free disk space or make the folder writable; the sender can then deliver again.",
                    e);
        }
    }
}
