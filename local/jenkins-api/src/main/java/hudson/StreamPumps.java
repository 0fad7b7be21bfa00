package hudson;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Threads that move a process's input and output; a stream marked as self-pumped is left to the caller. */
final class StreamPumps {
    private static final long AFTER_EXIT_MS = 5_000;

    private final InputStream stdout;
    private final InputStream stderr;
    private final OutputStream stdin;
    private final Thread outPump;
    private final Thread errPump;
    private volatile IOException problem;

    private StreamPumps(Process process, InputStream in, OutputStream out, OutputStream err, String name)
            throws IOException {
        boolean callerReads = out == Proc.LocalProc.SELFPUMP_OUTPUT;
        boolean callerReadsErrors = err == Proc.LocalProc.SELFPUMP_OUTPUT;
        boolean callerWrites = in == Proc.LocalProc.SELFPUMP_INPUT;
        stdout = callerReads ? process.getInputStream() : null;
        stderr = callerReadsErrors ? process.getErrorStream() : null;
        stdin = callerWrites ? process.getOutputStream() : null;
        outPump = callerReads ? null : pump(process.getInputStream(), out, "stdout of " + name);
        errPump = callerReadsErrors || err == null ? null : pump(process.getErrorStream(), err, "stderr of " + name);
        if (!callerWrites) {
            feed(process, in, name);
        }
    }

    static StreamPumps start(Process process, InputStream in, OutputStream out, OutputStream err, String name)
            throws IOException {
        return new StreamPumps(process, in, out, err, name);
    }

    InputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return stderr;
    }

    OutputStream stdin() {
        return stdin;
    }

    /** Waits for the last output; a child in the background that holds the stream open is not waited for longer than five seconds. */
    void finish() throws InterruptedException, IOException {
        for (Thread pump : new Thread[] {outPump, errPump}) {
            if (pump != null) {
                pump.join(AFTER_EXIT_MS);
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    private Thread pump(InputStream from, OutputStream to, String name) {
        OutputStream target = to == null ? OutputStream.nullOutputStream() : to;
        return daemon(name, () -> copy(from, target, true));
    }

    private void feed(Process process, InputStream in, String name) throws IOException {
        if (in == null) {
            process.getOutputStream().close();
            return;
        }
        daemon("stdin of " + name, () -> {
            try (OutputStream to = process.getOutputStream()) {
                copy(in, to, false);
            } catch (IOException e) {
                // the process ended before it read all its input, which is its right
                return;
            }
        });
    }

    private void copy(InputStream from, OutputStream to, boolean output) {
        byte[] buffer = new byte[8192];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            if (output && !"Stream closed".equals(e.getMessage())) {
                problem = e;
            }
        } catch (UncheckedIOException e) {
            problem = e.getCause();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
