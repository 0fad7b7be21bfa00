package hudson;

import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/** A started process. */
public abstract class Proc {
    protected Proc() {}

    public abstract boolean isAlive() throws IOException, InterruptedException;

    /** Kills the process and everything it started. */
    public abstract void kill() throws IOException, InterruptedException;

    /** Waits for the end and answers the exit status. */
    public abstract int join() throws IOException, InterruptedException;

    public abstract InputStream getStdout();

    public abstract InputStream getStderr();

    public abstract OutputStream getStdin();

    public final int joinWithTimeout(long timeout, TimeUnit unit, TaskListener listener)
            throws IOException, InterruptedException {
        ScheduledFuture<?> killer = Timer.get().schedule(() -> killLate(timeout, unit, listener), timeout, unit);
        try {
            return join();
        } finally {
            killer.cancel(false);
        }
    }

    private void killLate(long timeout, TimeUnit unit, TaskListener listener) {
        try {
            if (isAlive()) {
                listener.error("Timeout after " + timeout + " " + unit);
                kill();
            }
        } catch (IOException e) {
            listener.error("Failed to kill the process: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process on this machine. */
    public static final class LocalProc extends Proc {
        public static final InputStream SELFPUMP_INPUT = InputStream.nullInputStream();
        public static final OutputStream SELFPUMP_OUTPUT = OutputStream.nullOutputStream();

        private final Process process;
        private final StreamPumps pumps;

        public LocalProc(String[] cmd, String[] env, InputStream in, OutputStream out) throws IOException {
            this(cmd, env, in, out, null, null);
        }

        public LocalProc(String[] cmd, String[] env, InputStream in, OutputStream out, java.io.File workDir)
                throws IOException {
            this(cmd, env, in, out, null, workDir);
        }

        /** A null {@code err} joins the error output to the output. */
        public LocalProc(
                String[] cmd, String[] env, InputStream in, OutputStream out, OutputStream err, java.io.File workDir)
                throws IOException {
            ProcessBuilder builder = new ProcessBuilder(cmd).directory(workDir).redirectErrorStream(err == null);
            setEnvironment(builder, env);
            this.process = builder.start();
            this.pumps = StreamPumps.start(process, in, out, err, String.join(" ", cmd));
        }

        private static void setEnvironment(ProcessBuilder builder, String[] env) {
            if (env != null) {
                builder.environment().clear();
                for (String line : env) {
                    int sep = line.indexOf('=');
                    builder.environment().put(line.substring(0, sep), line.substring(sep + 1));
                }
            }
        }

        @Override
        public InputStream getStdout() {
            return pumps.stdout();
        }

        @Override
        public InputStream getStderr() {
            return pumps.stderr();
        }

        @Override
        public OutputStream getStdin() {
            return pumps.stdin();
        }

        @Override
        public int join() throws InterruptedException, IOException {
            try {
                int status = process.waitFor();
                pumps.finish();
                return status;
            } catch (InterruptedException e) {
                ProcessGroups.kill(process);
                throw e;
            }
        }

        @Override
        public boolean isAlive() throws IOException, InterruptedException {
            return process.isAlive();
        }

        @Override
        public void kill() throws InterruptedException, IOException {
            ProcessGroups.kill(process);
            join();
        }
    }
}
