package io.mldelivery.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a program that stands in for nvidia-smi: it answers only to the arguments that the real one knows, in the real one's
 * words, and ends with the real one's status when the driver does not answer.
 */
class GpuMemoryTest {

    private static final String TOOL = """
            #!/bin/sh
            here=$(dirname "$0")
            [ "$*" = "--query-gpu=index,memory.used,memory.total --format=csv,noheader,nounits" ] || exit 2
            [ -f "$here/answer" ] || { echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."; exit 9; }
            cat "$here/answer"
            """;

    @TempDir
    Path folder;

    private final Metrics metrics = new Metrics();

    private GpuMemory tool(String answer) throws IOException {
        Path tool = Files.writeString(folder.resolve("nvidia-smi"), TOOL);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("answer"), answer);
        return GpuMemory.find("/nowhere::" + folder, metrics).orElseThrow();
    }

    @Test
    void shouldTellTheMemoryOfEachGpu() throws Exception {
        tool("0, 1503, 143771\n1, 0, 143771\n").sample();

        assertThat(metrics.text().lines())
                .contains(
                        "# TYPE mldelivery_gpu_memory_used_bytes gauge",
                        "mldelivery_gpu_memory_used_bytes{gpu=\"0\"} " + 1503L * 1024 * 1024,
                        "mldelivery_gpu_memory_used_bytes{gpu=\"1\"} 0",
                        "mldelivery_gpu_memory_total_bytes{gpu=\"1\"} " + 143771L * 1024 * 1024);
    }

    @Test
    void shouldLeaveOutAGpuThatDoesNotTell() throws Exception {
        tool("0, [N/A], [N/A]\n").sample();

        assertThat(metrics.text()).doesNotContain("gpu=");
    }

    @Test
    void shouldForgetWhatItKnewWhenTheDriverFails() throws Exception {
        GpuMemory memory = tool("0, 1503, 143771\n");
        memory.sample();
        Files.delete(folder.resolve("answer"));

        memory.sample();

        assertThat(metrics.text()).doesNotContain("gpu=");
    }

    @Test
    void shouldSampleByItselfUntilClosed() throws Exception {
        tool("0, 7, 8\n");
        try (GpuMemory memory = GpuMemory.watch(folder.toString(), metrics).orElseThrow()) {
            for (int i = 0; i < 500 && !metrics.text().contains("gpu="); i++) {
                Thread.sleep(10);
            }
        }

        assertThat(metrics.text()).contains("mldelivery_gpu_memory_used_bytes{gpu=\"0\"} 7340032");
    }

    @Test
    void shouldTellNothingWithoutTheTool() {
        assertThat(GpuMemory.watch(folder.toString(), metrics)).isEmpty();
        assertThat(GpuMemory.watch("", metrics)).isEmpty();
        assertThat(metrics.text()).isEmpty();
    }
}
