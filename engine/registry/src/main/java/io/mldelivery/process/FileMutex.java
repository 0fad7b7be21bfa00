package io.mldelivery.process;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of one process at a time past a file; the system releases it when its holder dies. Held until closed,
 * by the thread that acquired it.
 */
public final class FileMutex implements AutoCloseable {
    /** The JDK's file locks belong to the process, so threads need a lock of their own for each file. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel channel;
    private final FileLock lock;

    private FileMutex(ReentrantLock thread, FileChannel channel, FileLock lock) {
        this.thread = thread;
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits for its turn. The file is made when absent, and stays. */
    public static FileMutex acquire(Path file) {
        Path key = file.toAbsolutePath().normalize();
        ReentrantLock thread = THREADS.computeIfAbsent(key, path -> new ReentrantLock());
        thread.lock();
        try {
            Files.createDirectories(key.getParent());
            FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new FileMutex(thread, channel, channel.lock());
        } catch (IOException | RuntimeException e) {
            thread.unlock();
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot lock " + file + ": " + e.getMessage(),
                    "Make the folder writable and free disk space, then run again.",
                    e);
        }
    }

    @Override
    public void close() {
        try (FileChannel open = channel) {
            lock.release();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot unlock a file: " + e.getMessage(),
                    "End this process; its locks end with it.",
                    e);
        } finally {
            thread.unlock();
        }
    }
}
