package io.mldelivery.serving.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Lines in files of bounded size. The file being written ends in {@code .part} and gets its name when it is full or
 * closed, so that readers of {@code *.jsonl} never see half a line. For one thread.
 */
final class RotatingFile implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String prefix;
    private final long mostBytes;
    private OutputStream out;
    private Path part;
    private long written;

    RotatingFile(Path folder, String prefix, long mostBytes) {
        this.folder = folder;
        this.prefix = prefix;
        this.mostBytes = mostBytes;
    }

    void write(byte[] line) throws IOException {
        if (out == null) {
            open();
        }
        out.write(line);
        out.write('\n');
        written += line.length + 1;
        if (written >= mostBytes) {
            close();
        }
    }

    private void open() throws IOException {
        Files.createDirectories(folder);
        String name = prefix + "-" + TIME.format(Instant.now());
        part = folder.resolve(name + ".jsonl.part");
        for (int i = 1; Files.exists(part) || Files.exists(target()); i++) {
            part = folder.resolve(name + "-" + i + ".jsonl.part");
        }
        out = new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW), 1 << 16);
        written = 0;
    }

    private Path target() {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - ".part".length()));
    }

    void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    /** Completes the file; the next line begins another. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            OutputStream ending = out;
            out = null;
            ending.close();
            Files.move(part, target());
        }
    }
}
