package io.mldelivery.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server with a real model on a real Java, as an image: read by skopeo, unpacked, and run as it would be. */
class ImageRunTest {

    private static final long MOST_BYTES = 130_000_000;
    private static final Duration LONGEST_REPLY = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path work;

    private static Path tar;
    private static Path unpacked;

    @BeforeAll
    static void makeImage() throws Exception {
        Tools.need(Tools.installed("skopeo"), "skopeo is needed to read images (Debian: apt-get install skopeo)");
        Tools.need(
                Files.isRegularFile(Tools.SERVING_JAR),
                Tools.SERVING_JAR + " is needed: mvn -pl serving-image package");
        Path base = work.resolve("base.tar");
        JreBase.write(base, Files.createDirectory(work.resolve("base")));
        tar = work.resolve("image.tar");
        new ServingImage(new ImageRequest(
                        Tools.SERVING_JAR,
                        Optional.empty(),
                        ModelFiles.of("cancer", "7", Tools.MODEL),
                        "tar://" + base,
                        "tar://" + tar,
                        Set.of("amd64"),
                        Map.of()))
                .make();
        unpacked = work.resolve("unpacked");
        Tools.run("skopeo", "copy", "--quiet", "docker-archive:" + tar, "dir:" + unpacked);
    }

    private static JsonNode inspect(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "inspect"));
        command.addAll(List.of(options));
        command.add("docker-archive:" + tar);
        return JSON.readTree(Tools.run(command.toArray(String[]::new)));
    }

    @Test
    void shouldBeReadBySkopeo() throws Exception {
        JsonNode image = inspect();
        assertThat(image.get("Architecture").asText()).isEqualTo("amd64");
        assertThat(image.get("Layers")).hasSize(4);
        assertThat(image.get("Labels").get("org.opencontainers.image.title").asText())
                .isEqualTo("cancer");
        assertThat(inspect("--config").get("config").get("User").asText()).isEqualTo("10001:10001");
    }

    @Test
    void shouldStayUnderTheSizeOverItsBase() throws Exception {
        JsonNode layers =
                JSON.readTree(unpacked.resolve("manifest.json").toFile()).get("layers");
        long bytes = 0;
        for (int layer = 1; layer < layers.size(); layer++) {
            bytes += layers.get(layer).get("size").asLong();
        }
        System.out.println("Layers over the base: " + bytes + " bytes");
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private static Path unpack() throws Exception {
        Path root = Files.createDirectory(work.resolve("root"));
        for (JsonNode layer :
                JSON.readTree(unpacked.resolve("manifest.json").toFile()).get("layers")) {
            String file = layer.get("digest").asText().substring("sha256:".length());
            Tools.run("tar", "-xf", unpacked.resolve(file).toString(), "-C", root.toString());
        }
        return root;
    }

    @Test
    void shouldListItsComponentsWithoutAnythingOfTheMachineThatBuiltIt() throws Exception {
        try (var zip = new java.util.zip.ZipFile(Tools.SERVING_JAR.toFile())) {
            String text = new String(zip.getInputStream(zip.getEntry("META-INF/sbom/serving.cdx.json"))
                    .readAllBytes());
            JsonNode sbom = JSON.readTree(text);
            assertThat(sbom.get("bomFormat").asText()).isEqualTo("CycloneDX");
            List<String> names = new ArrayList<>();
            sbom.get("components")
                    .forEach(component -> names.add(component.get("name").asText()));
            assertThat(names)
                    .contains("onnxruntime", "netty-codec-http", "jackson-core")
                    .doesNotContain("junit-jupiter");
            assertThat(text).doesNotContain(System.getProperty("user.dir"), System.getProperty("user.home"), "file:");
        }
    }

    @Test
    void shouldAnswerAsUser10001OnAReadOnlyFileSystem() throws Exception {
        Tools.need(canChroot(), "root with the right to mount is needed to run the image in a chroot");
        Path root = unpack();
        assertThat(writableByOthers(root)).isEmpty();
        Process server = start(root);
        try (BufferedReader output = server.inputReader()) {
            JsonNode listening = JSON.readTree(output.readLine());
            assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/status")))
                    .contains("Uid:\t10001\t10001");
            assertThat(Files.readAllLines(Path.of("/proc/" + server.pid() + "/mountinfo")))
                    .anyMatch(mount -> mount.matches("\\S+ \\S+ \\S+ \\S+ / ro,.*"));
            URI server8080 =
                    URI.create("http://127.0.0.1:" + listening.get("port").asInt());
            awaitReady(server8080);
            assertThat(predict(server8080).body()).contains("\"key\":\"label\",\"value\":[");
        } finally {
            server.destroy();
        }
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
    }

    private static boolean canChroot() throws IOException, InterruptedException {
        return Tools.installed("unshare")
                && new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0;
    }

    private static List<Path> writableByOthers(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !Files.isSymbolicLink(file))
                    .filter(file ->
                            file.toFile().canWrite() && permissions(file).contains("OTHERS_WRITE"))
                    .toList();
        }
    }

    private static String permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** With the image's entry point and environment, and ports that are free. */
    private static Process start(Path root) throws Exception {
        JsonNode config = inspect("--config").get("config");
        List<String> command = new ArrayList<>(List.of(
                "sh",
                Path.of("src/test/resources/io/mldelivery/image/run-in-chroot.sh")
                        .toAbsolutePath()
                        .toString(),
                root.toString()));
        config.get("Entrypoint").forEach(word -> command.add(word.asText()));
        command.addAll(List.of("--port", "0", "--management-port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(work.resolve("server.log").toFile());
        config.get("Env").forEach(pair -> put(builder, pair.asText()));
        builder.environment().merge("PATH", System.getenv("PATH"), (image, mine) -> image + ":" + mine);
        return builder.start();
    }

    private static void put(ProcessBuilder builder, String pair) {
        int equals = pair.indexOf('=');
        builder.environment().put(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private static void awaitReady(URI server) throws Exception {
        HttpRequest ready = HttpRequest.newBuilder(server.resolve("/health/ready"))
                .timeout(LONGEST_REPLY)
                .build();
        String last = "\"loading\"";
        for (int attempt = 0; attempt < 300 && last.contains("\"loading\""); attempt++) {
            HttpResponse<String> reply = HttpClient.newHttpClient().send(ready, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() == 200) {
                return;
            }
            last = reply.body();
            Thread.sleep(100);
        }
        throw new AssertionError("Not ready: " + last);
    }

    private static HttpResponse<String> predict(URI server) throws Exception {
        JsonNode inputs =
                JSON.readTree(Tools.MODEL.resolve("golden.json").toFile()).get("inputs");
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/predictions/cancer/7"))
                .header("Content-Type", "application/json")
                .timeout(LONGEST_REPLY)
                .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\":" + inputs + "}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
