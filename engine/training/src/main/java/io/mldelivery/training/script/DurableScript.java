package io.mldelivery.training.script;

import io.mldelivery.process.ProcessGroup;
import io.mldelivery.process.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program under a supervisor of its own, known by a control folder: whoever has the folder can follow the program's
 * log, see how it ended, and end it. Neither program nor supervisor notice when the Java process that started them dies.
 *
 * <p>That the supervisor lives is seen by the lock it holds on a file, which no other process can be mistaken for.
 * Every method may be called again after a crash at any point; {@link #start} starts the program at most once.
 */
public final class DurableScript {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
    private static final Duration TERMINATES_WITHIN = Duration.ofSeconds(10);

    private final Path control;

    public DurableScript(Path control) {
        this.control = control.toAbsolutePath();
    }

    /**
     * Starts the program unless it was started before.
     *
     * @param python any Python 3, for the supervisor
     * @param environment the program's whole environment
     */
    public void start(Path python, List<String> command, Path folder, Map<String, String> environment)
            throws IOException {
        if (!(state() instanceof ScriptState.NotStarted)) {
            return;
        }
        Files.createDirectories(control);
        Path supervisor = control.resolve("supervise.py");
        Files.writeString(supervisor, supervisorText());
        Files.writeString(control.resolve("started"), Instant.now().toString());
        List<String> words =
                new ArrayList<>(List.of(python.toString(), "-I", "-S", supervisor.toString(), control.toString()));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(control.resolve("supervisor.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.start();
    }

    private static String supervisorText() throws IOException {
        try (InputStream content = DurableScript.class.getResourceAsStream("supervise.py")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns where the program stands now. */
    public ScriptState state() throws IOException {
        // The supervisor takes the lock, writes its number, writes the status, releases the lock. Looking in this order
        // cannot mistake one that starts or ends between two looks for one that was lost.
        boolean hadSupervisor = Files.exists(control.resolve("pid"));
        boolean supervised = isSupervised();
        if (Files.exists(control.resolve("status"))) {
            return ended(Files.readString(control.resolve("status")).strip());
        }
        if (supervised) {
            return new ScriptState.Running();
        }
        if (!Files.exists(control.resolve("started"))) {
            return new ScriptState.NotStarted();
        }
        return !hadSupervisor && startedRecently() ? new ScriptState.Running() : new ScriptState.Lost();
    }

    private static ScriptState ended(String status) {
        int number = Integer.parseInt(status.substring(status.indexOf(' ') + 1));
        return status.startsWith("signal") ? new ScriptState.Signalled(number) : new ScriptState.Exited(number);
    }

    private boolean isSupervised() throws IOException {
        Path lockFile = control.resolve("lock");
        if (!Files.exists(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // unknown, another thread of this process looks right now: the next look tells
        }
    }

    private boolean startedRecently() throws IOException {
        Instant started = Files.getLastModifiedTime(control.resolve("started")).toInstant();
        return started.plus(STARTS_WITHIN).isAfter(Instant.now());
    }

    /**
     * Returns what the program said from this byte on, at most {@code max} bytes; empty when there is nothing new.
     * Bytes of one character may be spread over two answers.
     */
    public byte[] read(long offset, int max) throws IOException {
        Path log = control.resolve("log");
        if (!Files.exists(log)) {
            return new byte[0];
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(max, file.length() - offset))];
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        }
    }

    /** Returns when the program was started, by the clock of this machine. */
    public Instant startedAt() throws IOException {
        return Files.getLastModifiedTime(control.resolve("started")).toInstant();
    }

    /** Returns how long the program ran, or has been running. */
    public Duration duration() throws IOException {
        Path status = control.resolve("status");
        Instant end = Files.exists(status) ? Files.getLastModifiedTime(status).toInstant() : Instant.now();
        return Duration.between(startedAt(), end);
    }

    /** Returns the file that holds all the program said; absent before it starts. */
    public Path log() {
        return control.resolve("log");
    }

    /** Returns the last lines of the log that say something. */
    public List<String> lastLines(int count) throws IOException {
        long size = Files.exists(log()) ? Files.size(log()) : 0;
        long from = Math.max(0, size - 16_384);
        List<String> lines = new String(read(from, 16_384), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** Ends the program and all it started, and returns when they are gone; does nothing when it has ended. */
    public void stop() throws IOException, InterruptedException {
        Path pidFile = control.resolve("pid");
        while (!Files.exists(pidFile)) {
            if (!(state() instanceof ScriptState.Running)) {
                return;
            }
            Thread.sleep(20); // the supervisor is starting
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        if (isSupervised()) {
            new ProcessGroup(identity(pid)).stop(TERMINATES_WITHIN);
        } else {
            ProcessGroup.endRest(pid);
        }
    }

    private static ProcessIdentity identity(long pid) {
        return ProcessHandle.of(pid).map(ProcessIdentity::of).orElse(new ProcessIdentity(pid, 0));
    }
}
