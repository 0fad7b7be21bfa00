package io.mldelivery.rollout.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The first line and the header fields of an HTTP/1.1 message.
 *
 * @param fields each with its name and value
 */
record Head(String firstLine, List<Field> fields) {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "transfer-encoding",
            "content-length");

    record Field(String name, String value) {}

    /** Reads up to the empty line; empty when the connection ended before a message began. */
    static Optional<Head> read(InputStream in) throws IOException, HttpFault {
        String first = line(in, MOST_BYTES);
        if (first == null) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        int left = MOST_BYTES - first.length();
        for (String line = line(in, left); !"".equals(line); line = line(in, left)) {
            if (line == null) {
                throw new HttpFault(400, "the connection ended within the header");
            }
            left -= line.length();
            fields.add(field(line));
        }
        return Optional.of(new Head(first, List.copyOf(fields)));
    }

    private static Field field(String line) throws HttpFault {
        int colon = line.indexOf(':');
        if (colon <= 0 || Character.isWhitespace(line.charAt(0)) || Character.isWhitespace(line.charAt(colon - 1))) {
            throw new HttpFault(400, "not a header field");
        }
        return new Field(line.substring(0, colon), line.substring(colon + 1).trim());
    }

    private static String line(InputStream in, int most) throws IOException, HttpFault {
        var bytes = new ByteArrayOutputStream(80);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next != '\n'; next = in.read()) {
            if (next < 0 || bytes.size() >= most) {
                throw new HttpFault(next < 0 ? 400 : 431, "the header ended early or is too long");
            }
            bytes.write(next);
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    Optional<String> value(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    boolean has(String name, String token) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .anyMatch(
                        field -> List.of(field.value().toLowerCase(Locale.ROOT).split("\\s*,\\s*"))
                                .contains(token));
    }

    boolean isChunked() throws HttpFault {
        if (value("transfer-encoding").isEmpty()) {
            return false;
        }
        if (!has("transfer-encoding", "chunked") || value("content-length").isPresent()) {
            throw new HttpFault(400, "the length of the body is ambiguous");
        }
        return true;
    }

    /** The length of the body as the header states it; -1 when it states none. */
    long length() throws HttpFault {
        List<String> values = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase("content-length"))
                .map(Field::value)
                .distinct()
                .toList();
        if (values.isEmpty()) {
            return -1;
        }
        if (values.size() > 1 || !values.get(0).matches("\\d{1,18}")) {
            throw new HttpFault(400, "the length of the body is ambiguous");
        }
        return Long.parseLong(values.get(0));
    }

    /** Whether the sender will keep the connection open. */
    boolean keepsAlive() {
        return firstLine.contains("HTTP/1.0") ? has("connection", "keep-alive") : !has("connection", "close");
    }

    /** The fields that are passed on; those that belong to one connection are not. */
    List<Field> endToEnd() {
        return fields.stream()
                .filter(field -> !OF_ONE_CONNECTION.contains(field.name().toLowerCase(Locale.ROOT)))
                .filter(field -> !has("connection", field.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The status of a response; 0 when the first line is none of a response. */
    int status() {
        return firstLine.matches("HTTP/1\\.[01] \\d{3}.*") ? Integer.parseInt(firstLine.substring(9, 12)) : 0;
    }

    String method() {
        int space = firstLine.indexOf(' ');
        return space < 0 ? "" : firstLine.substring(0, space);
    }
}
