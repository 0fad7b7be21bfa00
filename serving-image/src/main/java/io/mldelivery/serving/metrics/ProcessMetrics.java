package io.mldelivery.serving.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** CPU and memory of this process under the names that all Prometheus clients use. NaN where the system does not tell. */
public final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIB = 1024;

    private ProcessMetrics() {}

    public static void register(Metrics metrics) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        metrics.total(
                "process_cpu_seconds_total", "CPU time, user and system.", Labels.NONE, ProcessMetrics::cpuSeconds);
        metrics.gauge(
                "process_resident_memory_bytes",
                "Memory in use, native too.",
                Labels.NONE,
                ProcessMetrics::residentBytes);
        metrics.gauge(
                "process_start_time_seconds",
                "When it started, since 1970.",
                Labels.NONE,
                () -> TimeUnit.MILLISECONDS.toSeconds(
                        ManagementFactory.getRuntimeMXBean().getStartTime()));
        metrics.gauge(
                "jvm_memory_used_bytes",
                "Memory of the JVM.",
                Labels.of("area", "heap"),
                () -> memory.getHeapMemoryUsage().getUsed());
        metrics.gauge(
                "jvm_memory_used_bytes",
                "Memory of the JVM.",
                Labels.of("area", "nonheap"),
                () -> memory.getNonHeapMemoryUsage().getUsed());
        metrics.gauge(
                "mldelivery_cpus",
                "CPUs that this process may use, by its control group.",
                Labels.NONE,
                () -> Runtime.getRuntime().availableProcessors());
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    private static double residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN; // no procfs on this system
        }
    }
}
