package io.mldelivery.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Names one process for good: numbers of processes are used again, a number together with the start time is not.
 *
 * @param startedAt in milliseconds since 1970, as the operating system says; 0 when it does not say
 */
public record ProcessIdentity(long pid, long startedAt) {
    /** Start times are derived from the boot time, which moves a little when the clock is corrected. */
    private static final long TOLERANCE = Duration.ofSeconds(2).toMillis();

    /** Returns the identity of a running process. */
    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startedAt(process));
    }

    private static long startedAt(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Returns the process while it runs; a dead one that nobody has collected yet does not run. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::sameStart)
                .filter(process -> !isZombie());
    }

    /** The JDK calls zombies alive, and in containers whose first process collects none they stay for good. */
    private boolean isZombie() {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String fields = Files.readString(stat);
            return fields.startsWith("Z", fields.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // no such file system, or gone this moment
        }
    }

    private boolean sameStart(ProcessHandle process) {
        long observed = startedAt(process);
        return startedAt == 0 || observed == 0 || Math.abs(observed - startedAt) <= TOLERANCE;
    }

    public boolean isRunning() {
        return running().isPresent();
    }
}
