package io.mldelivery.serving.metrics;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Memory of NVIDIA GPUs, as {@code nvidia-smi}, which comes with their driver, tells it; asked every 15 seconds on a thread
 * of its own. Where there is no such tool there are no such metrics, and a GPU that is no longer told of loses its own.
 */
public final class GpuMemory implements AutoCloseable {

    private static final Logger LOG = System.getLogger(GpuMemory.class.getName());
    private static final String TOOL = "nvidia-smi";
    private static final long EVERY_MILLIS = TimeUnit.SECONDS.toMillis(15);
    private static final long PATIENCE_SECONDS = 5;
    private static final long MIB = 1L << 20;

    private final Path tool;
    private final Metrics metrics;
    private final Map<String, Usage> known = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::work, "gpu-memory");
    private boolean complained;

    /** In MiB. */
    private record Usage(long used, long total) {}

    private GpuMemory(Path tool, Metrics metrics) {
        this.tool = tool;
        this.metrics = metrics;
        thread.setDaemon(true);
    }

    /** Watches the GPUs of this machine; absent where {@code PATH} has no {@code nvidia-smi}. */
    public static Optional<GpuMemory> watch(String path, Metrics metrics) {
        Optional<GpuMemory> found = find(path, metrics);
        found.ifPresent(memory -> memory.thread.start());
        return found;
    }

    static Optional<GpuMemory> find(String path, Metrics metrics) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, TOOL))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new GpuMemory(file, metrics));
    }

    private void work() {
        try {
            while (true) {
                sample();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        }
    }

    /** Asks once. */
    void sample() throws InterruptedException {
        Map<String, Usage> now = new HashMap<>();
        try {
            ask().lines().forEach(line -> read(line, now));
            complained = false;
        } catch (IOException e) {
            complain(e);
        }
        known.keySet().stream()
                .filter(gpu -> !now.containsKey(gpu))
                .forEach(gpu -> metrics.remove(Labels.of("gpu", gpu)));
        known.keySet().retainAll(now.keySet());
        now.forEach(this::publish);
    }

    private String ask() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        tool.toString(), "--query-gpu=index,memory.used,memory.total", "--format=csv,noheader,nounits")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(tool + " did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(tool + " ended with " + process.exitValue());
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /** {@code index, used, total}; a GPU that does not tell its memory says {@code [N/A]} and is left out. */
    private static void read(String line, Map<String, Usage> to) {
        String[] cells = line.split("\\s*,\\s*");
        if (cells.length == 3 && cells[1].matches("[0-9]{1,9}") && cells[2].matches("[0-9]{1,9}")) {
            to.put(cells[0].strip(), new Usage(Long.parseLong(cells[1]), Long.parseLong(cells[2])));
        }
    }

    private void publish(String gpu, Usage usage) {
        known.put(gpu, usage);
        Labels labels = Labels.of("gpu", gpu);
        metrics.gauge(
                "mldelivery_gpu_memory_used_bytes",
                "Memory of a GPU in use, by all processes.",
                labels,
                () -> usage.used() * MIB);
        metrics.gauge("mldelivery_gpu_memory_total_bytes", "Memory that a GPU has.", labels, () -> usage.total() * MIB);
    }

    private void complain(IOException e) {
        if (!complained) {
            complained = true;
            LOG.log(Level.WARNING, "The memory of GPUs is not known: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
