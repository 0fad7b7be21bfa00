package io.mldelivery.runner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import sun.misc.Signal;

/** Collects a log; sends an interrupt to this process, as Ctrl-C does, as soon as a text has come. */
final class WatchedLog extends ByteArrayOutputStream {
    private final String abortAt;
    private boolean aborted;

    WatchedLog(String abortAt) {
        this.abortAt = abortAt;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        if (abortAt != null && !aborted && text().contains(abortAt)) {
            aborted = true;
            // Unlike INT it is not ignored where the build itself runs in the background.
            Signal.raise(new Signal("TERM"));
        }
    }

    synchronized String text() {
        return toString(StandardCharsets.UTF_8);
    }
}
