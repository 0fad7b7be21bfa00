package io.mldelivery.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What reading tables may use of the machine.
 *
 * @param folder where relative sources start from
 * @param memoryBytes how much memory DuckDB may hold; beyond it data goes to {@code temporary}
 * @param temporary a folder under which a folder for spilled data is made, which is removed on close
 * @param threads how many threads DuckDB uses, at least 1
 * @param brokenRows how many rows of a delimited text file may be unreadable; they are left out and counted
 * @param environment where credentials of addresses and databases are
 */
public record TableOptions(
        Path folder, long memoryBytes, Path temporary, int threads, long brokenRows, Map<String, String> environment) {
    private static final long DEFAULT_MEMORY = 1L << 30;
    private static final long LEAST_MEMORY = 16L << 20;

    public TableOptions {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(temporary);
        environment = Map.copyOf(environment);
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

    /** One GiB of memory, the system's folder for temporary files, all processors, this process's environment. */
    public static TableOptions in(Path folder) {
        return new TableOptions(
                folder,
                DEFAULT_MEMORY,
                Path.of(System.getProperty("java.io.tmpdir")),
                Runtime.getRuntime().availableProcessors(),
                0,
                System.getenv());
    }

    /** The same with another limit of memory. */
    public TableOptions withMemoryBytes(long bytes) {
        return new TableOptions(folder, bytes, temporary, threads, brokenRows, environment);
    }

    /** The same with another place for temporary data. */
    public TableOptions withTemporary(Path place) {
        return new TableOptions(folder, memoryBytes, place, threads, brokenRows, environment);
    }

    /** The same with another number of threads. */
    public TableOptions withThreads(int count) {
        return new TableOptions(folder, memoryBytes, temporary, count, brokenRows, environment);
    }

    /** The same with so many rows that may be unreadable. */
    public TableOptions withBrokenRows(long count) {
        return new TableOptions(folder, memoryBytes, temporary, threads, count, environment);
    }

    /** The same with other environment variables. */
    public TableOptions withEnvironment(Map<String, String> variables) {
        return new TableOptions(folder, memoryBytes, temporary, threads, brokenRows, variables);
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return "TableOptions[" + folder + ", " + memoryBytes + " bytes, " + threads + " threads]";
    }
}
