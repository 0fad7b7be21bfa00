package io.mldelivery.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A build's {@code evidence.jsonl}. Each line is an {@link EvidenceEvent} as compact JSON that carries the SHA-256 of
 * the line before, so that a changed, removed or swapped line is found by {@link #verify}.
 *
 * <p>Appending reads the last line only, is durable (forced to disk) and safe between threads and processes. When the
 * disk is full the file is left as it was. A line that a crash cut off is removed by the next append.
 */
public final class EvidenceLog {
    /** What the first line has in place of a predecessor's hash. */
    public static final String NO_PREDECESSOR = "0".repeat(64);

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
     * @param data maps, lists, texts, numbers, or records of such; a number that is not finite becomes a text; must
     *     hold no secret
     * @return the event as written
     */
    public EvidenceEvent append(String type, Object data) {
        JsonNode tree = EvidenceLine.tree(data);
        synchronized (IN_PROCESS) { // file locks are held on behalf of the whole process
            try (FileChannel channel = open();
                    FileLock lock = channel.lock()) {
                return appendTo(channel, type, tree);
            } catch (IOException e) {
                throw new DeliveryException(
                        Code.ENVIRONMENT,
                        "cannot write " + file + ": " + e.getMessage(),
                        "Free disk space or make the folder writable, then run again.",
                        e);
            }
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private EvidenceEvent appendTo(FileChannel channel, String type, JsonNode data) throws IOException {
        long end = LogTail.endOfWholeLines(channel);
        channel.truncate(end);
        EvidenceEvent event = next(LogTail.lastLine(channel, end), type, data);
        write(channel, end, EvidenceLine.format(event) + "\n");
        return event;
    }

    private EvidenceEvent next(String lastLine, String type, JsonNode data) {
        if (lastLine.isEmpty()) {
            return new EvidenceEvent(1, clock.instant(), type, data, NO_PREDECESSOR);
        }
        long sequence = EvidenceLine.parse(lastLine)
                .orElseThrow(() -> broken("the last line is not an evidence event"))
                .sequence();
        return new EvidenceEvent(sequence + 1, clock.instant(), type, data, sha256(lastLine));
    }

    private static void write(FileChannel channel, long start, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            channel.position(start);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(start);
            throw e;
        }
    }

    /** All events; none when the file does not exist. Fails when the chain is broken. */
    public List<EvidenceEvent> read() {
        return chain(wholeLines(content()));
    }

    private List<EvidenceEvent> chain(List<String> lines) {
        List<EvidenceEvent> events = new ArrayList<>();
        String previous = NO_PREDECESSOR;
        for (String line : lines) {
            events.add(following(events.size() + 1, previous, line));
            previous = sha256(line);
        }
        return List.copyOf(events);
    }

    private EvidenceEvent following(int number, String previous, String line) {
        EvidenceEvent event = EvidenceLine.parse(line).orElseThrow(() -> broken(number, "is not an evidence event"));
        if (event.sequence() != number || !event.previous().equals(previous)) {
            throw broken(number, "does not follow from the line before it");
        }
        return event;
    }

    /**
     * Checks the whole chain. Fails with the number of the first line that was changed, removed, added or swapped.
     * What was cut off at the end can only be suspected: see {@link Verification}.
     */
    public Verification verify() {
        String content = content();
        List<String> lines = wholeLines(content);
        int torn = content.substring(content.lastIndexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length;
        String head = lines.isEmpty() ? NO_PREDECESSOR : sha256(lines.get(lines.size() - 1));
        return new Verification(chain(lines), head, torn);
    }

    private String content() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (CharacterCodingException e) {
            throw broken("holds bytes that are not UTF-8");
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot read " + file + ": " + e.getMessage(),
                    "Check that the file is readable.",
                    e);
        }
    }

    /** Splits at line feeds alone: a carriage return that somebody added belongs to the line and changes its hash. */
    private static List<String> wholeLines(String content) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', start)) {
            lines.add(content.substring(start, end));
            start = end + 1;
        }
        return lines;
    }

    private DeliveryException broken(int line, String problem) {
        return new DeliveryException(
                Code.DATA,
                file + ":" + line + ": this line " + problem,
                "The record was changed after it was written: restore it from a backup.");
    }

    private DeliveryException broken(String problem) {
        return new DeliveryException(
                Code.DATA,
                file + ": " + problem,
                "The record was changed after it was written: restore it from a backup.");
    }

    /** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
    public static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
