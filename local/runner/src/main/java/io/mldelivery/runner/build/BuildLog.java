package io.mldelivery.runner.build;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes the log of a build to its file and to the console of the runner, without secrets. While there are secrets,
 * lines are held back until they are whole. Safe for many threads.
 */
public final class BuildLog extends OutputStream {
    private final OutputStream file;
    private final PrintStream console;
    private final SecretMask mask;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final PrintStream printer = new PrintStream(this, true, StandardCharsets.UTF_8);

    /** Appends to the file. */
    public BuildLog(Path file, PrintStream console, SecretMask mask) throws IOException {
        this.file = new FileOutputStream(file.toFile(), true);
        this.console = console;
        this.mask = mask;
    }

    /** The log as a stream of lines. */
    public PrintStream printer() {
        return printer;
    }

    /** The secrets that do not appear. */
    public SecretMask mask() {
        return mask;
    }

    @Override
    public synchronized void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (mask.isEmpty() && line.size() == 0) {
            emit(bytes, offset, length);
            return;
        }
        int start = offset;
        int end = offset + length;
        for (int i = end - 1; i >= offset; i--) {
            if (bytes[i] == '\n') {
                line.write(bytes, offset, i + 1 - offset);
                emitLine();
                start = i + 1;
                break;
            }
        }
        line.write(bytes, start, end - start);
    }

    private void emitLine() throws IOException {
        byte[] whole = line.toByteArray();
        line.reset();
        byte[] masked = mask.mask(whole, 0, whole.length);
        emit(masked, 0, masked.length);
    }

    private void emit(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
        console.write(bytes, offset, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        console.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            emitLine();
        }
        console.flush();
        file.close();
    }
}
