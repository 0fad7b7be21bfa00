package io.mldelivery.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A build's {@code evidence.jsonl}. Each line is an {@link EvidenceEvent} as compact JSON that carries the SHA-256 of
 * the line before, so that a changed, removed or swapped line is found by {@link #verify}.
 *
 * <p>Appending is atomic for readers of whole lines, durable (forced to disk) and safe between threads and processes;
 * a line that a crash cut off is removed by the next append.
 */
public final class EvidenceLog {
    /** What the first line has in place of a predecessor's hash. */
    public static final String NO_PREDECESSOR = "0".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Object IN_PROCESS = new Object();

    private final Path file;
    private final Clock clock;

    public EvidenceLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** The log at this path, by the system's clock; the file need not exist yet. */
    public static EvidenceLog at(Path file) {
        return new EvidenceLog(file, Clock.systemUTC());
    }

    /**
     * Adds one event.
     *
     * @param data anything Jackson can turn into JSON; must hold no secret
     * @return the event as written
     */
    public EvidenceEvent append(String type, Object data) {
        synchronized (IN_PROCESS) { // file locks are held on behalf of the whole process
            try (FileChannel channel = open();
                    FileLock lock = channel.lock()) {
                return appendTo(channel, type, JSON.valueToTree(data));
            } catch (IOException e) {
                throw new DeliveryException(Code.ENVIRONMENT, "cannot write " + file + ": " + e.getMessage(),
                        "Free disk space or make the folder writable, then run again.", e);
            }
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private EvidenceEvent appendTo(FileChannel channel, String type, JsonNode data) throws IOException {
        List<String> lines = wholeLines(channel);
        String previous = lines.isEmpty() ? NO_PREDECESSOR : sha256(lines.get(lines.size() - 1));
        var event = new EvidenceEvent(lines.size() + 1, clock.instant(), type, data, previous);
        ByteBuffer line = ByteBuffer.wrap((line(event) + "\n").getBytes(StandardCharsets.UTF_8));
        long start = channel.position();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            channel.truncate(start);
            throw e;
        }
        channel.force(true);
        return event;
    }

    /** Reads all complete lines, cuts off an incomplete last one and leaves the channel at the end. */
    private static List<String> wholeLines(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (content.hasRemaining() && channel.read(content) >= 0) {
            // reads until full
        }
        byte[] bytes = content.array();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        channel.truncate(end);
        channel.position(end);
        return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    private static String line(EvidenceEvent event) throws JsonProcessingException {
        ObjectNode node = JSON.createObjectNode();
        node.put("seq", event.sequence());
        node.put("time", event.time().toString());
        node.put("type", event.type());
        node.set("data", event.data());
        node.put("prev", event.previous());
        return JSON.writeValueAsString(node);
    }

    /** All events; none when the file does not exist. Fails when the chain is broken. */
    public List<EvidenceEvent> read() {
        List<EvidenceEvent> events = new ArrayList<>();
        String previous = NO_PREDECESSOR;
        for (String line : lines()) {
            EvidenceEvent event = parse(line, events.size() + 1);
            if (event.sequence() != events.size() + 1 || !event.previous().equals(previous)) {
                throw broken(events.size() + 1, "does not follow from the line before it");
            }
            events.add(event);
            previous = sha256(line);
        }
        return List.copyOf(events);
    }

    /** Fails with the number of the first line that was changed, removed or swapped; the last line vouches for itself only. */
    public void verify() {
        read();
    }

    private List<String> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new DeliveryException(Code.DATA, "cannot read " + file + ": " + e.getMessage(),
                    "Check that the file is readable text in UTF-8.", e);
        }
    }

    private EvidenceEvent parse(String line, int number) {
        try {
            JsonNode node = JSON.readTree(line);
            return new EvidenceEvent(node.required("seq").asLong(), Instant.parse(node.required("time").asText()),
                    node.required("type").asText(), node.required("data"), node.required("prev").asText());
        } catch (JsonProcessingException | RuntimeException e) {
            throw broken(number, "is not an evidence event");
        }
    }

    private DeliveryException broken(int line, String problem) {
        return new DeliveryException(Code.DATA, file + ":" + line + ": this line " + problem,
                "The record was changed after it was written: restore it from a backup.");
    }

    /** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
