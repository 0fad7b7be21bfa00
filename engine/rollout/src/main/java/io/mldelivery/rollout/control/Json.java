package io.mldelivery.rollout.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads and writes the small JSON files that a target keeps; a file is whole or not there. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    private Json() {}

    /** The file's content; empty when there is no such file. */
    public static <T> Optional<T> read(Path file, Class<T> type) {
        return content(file).map(text -> parse(text, type, file.toString()));
    }

    /** The file as text; empty when there is no such file. */
    static Optional<String> content(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty(); // the usual case for some files, and cheaper than an exception
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static DeliveryException unreadable(String where, IOException e) {
        return new DeliveryException(
                Code.DATA,
                "cannot read " + where + ": " + firstLine(e),
                "Restore it, or remove it if nothing serves on this target any more.",
                e);
    }

    /** Replaces the file; the content is on disk when this returns. */
    public static void write(Path file, Object content) {
        writeText(file, text(content));
    }

    /** As {@link #write}, with what is text already. */
    static void writeText(Path file, String content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            force(temporary, content.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot write " + file + ": " + firstLine(e),
                    "Free disk space or make the folder writable, then run again.",
                    e);
        }
    }

    /** As it would stand in a file. */
    static String text(Object content) {
        try {
            return MAPPER.writeValueAsString(content);
        } catch (IOException e) {
            throw new IllegalStateException("what a rollout remembers can be written as JSON", e);
        }
    }

    /** @param where the text comes from, for messages */
    static <T> T parse(String text, Class<T> type, String where) {
        try {
            return MAPPER.readValue(text, type);
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    private static void force(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
