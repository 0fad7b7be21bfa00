package io.mldelivery.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What reading tables may use of the machine.
 *
 * @param folder where relative sources start from
 * @param memoryBytes how much memory DuckDB may hold; beyond it data goes to {@code temporary}
 * @param temporary a folder under which a folder for spilled data is made, which is removed on close
 * @param threads how many threads DuckDB uses, at least 1
 * @param brokenRows how many rows of a delimited text file may be unreadable; they are left out and counted
 */
public record TableOptions(Path folder, long memoryBytes, Path temporary, int threads, long brokenRows) {
    private static final long DEFAULT_MEMORY = 1L << 30;
    private static final long LEAST_MEMORY = 16L << 20;

    public TableOptions {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(temporary);
        if (memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("memoryBytes is " + memoryBytes + ", the least is " + LEAST_MEMORY);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads);
        }
        if (brokenRows < 0) {
            throw new IllegalArgumentException("brokenRows is " + brokenRows);
        }
    }

    /** One GiB of memory, the system's folder for temporary files, all processors. */
    public static TableOptions in(Path folder) {
        return new TableOptions(
                folder,
                DEFAULT_MEMORY,
                Path.of(System.getProperty("java.io.tmpdir")),
                Runtime.getRuntime().availableProcessors(),
                0);
    }

    /** The same with another limit of memory. */
    public TableOptions withMemoryBytes(long bytes) {
        return new TableOptions(folder, bytes, temporary, threads, brokenRows);
    }

    /** The same with another place for temporary data. */
    public TableOptions withTemporary(Path place) {
        return new TableOptions(folder, memoryBytes, place, threads, brokenRows);
    }

    /** The same with another number of threads. */
    public TableOptions withThreads(int count) {
        return new TableOptions(folder, memoryBytes, temporary, count, brokenRows);
    }

    /** The same with so many rows that may be unreadable. */
    public TableOptions withBrokenRows(long count) {
        return new TableOptions(folder, memoryBytes, temporary, threads, count);
    }
}
