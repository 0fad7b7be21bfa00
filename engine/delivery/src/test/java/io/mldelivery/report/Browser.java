package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Headless Chromium. Needed in CI; elsewhere a test without it is skipped. */
final class Browser {
    private final Path folder;

    private Browser(Path folder) {
        this.folder = folder;
    }

    static Browser in(Path folder) {
        boolean there =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "chromium")));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("CI needs Chromium: apt-get install chromium").isTrue();
        }
        assumeTrue(there, "Chromium is not installed: apt-get install chromium");
        return new Browser(folder);
    }

    /** The page as it is after its scripts ran. */
    String dom(String url, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--dump-dom");
        Path output = Files.createTempFile(folder, "dom", ".html");
        run(all, url, output);
        return Files.readString(output);
    }

    void screenshot(String url, Path png, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--screenshot=" + png, "--hide-scrollbars"));
        run(all, url, Files.createTempFile(folder, "shot", ".txt"));
    }

    private void run(List<String> options, String url, Path output) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--virtual-time-budget=4000",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(options);
        command.add(url);
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(Files.createTempFile(folder, "chromium", ".log").toFile())
                .start();
        boolean ended = process.waitFor(45, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("Chromium ended within 45 s").isTrue();
    }
}
