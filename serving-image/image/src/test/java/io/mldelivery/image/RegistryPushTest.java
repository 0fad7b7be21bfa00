package io.mldelivery.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to a real registry and looks at what lies there with skopeo. */
class RegistryPushTest {

    @TempDir
    Path work;

    private Process registry;
    private int port;

    @BeforeEach
    void startRegistry() throws Exception {
        Tools.need(Tools.installed("skopeo"), "skopeo is needed to read images (Debian: apt-get install skopeo)");
        Tools.need(
                Tools.installed("docker-registry"), "a registry is needed (Debian: apt-get install docker-registry)");
        Tools.need(
                Files.isRegularFile(Tools.SERVING_JAR),
                Tools.SERVING_JAR + " is needed: mvn -pl serving-image package");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = work.resolve("config.yml");
        Files.writeString(
                config,
                "version: 0.1\nstorage: {filesystem: {rootdirectory: " + work.resolve("images")
                        + "}}\nhttp: {addr: '127.0.0.1:" + port + "'}\n");
        registry = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("registry.log").toFile())
                .start();
        awaitPort();
    }

    private void awaitPort() throws Exception {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (Socket connected = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("The registry does not listen: " + Files.readString(work.resolve("registry.log")));
    }

    @AfterEach
    void stopRegistry() {
        if (registry != null) {
            registry.destroyForcibly();
        }
    }

    private MadeImage push(String tag, String... architectures) throws InterruptedException {
        return new ServingImage(new ImageRequest(
                        Tools.SERVING_JAR,
                        Optional.empty(),
                        ModelFiles.of("cancer", "7", Tools.MODEL),
                        "scratch",
                        "localhost:" + port + "/models/cancer:" + tag,
                        Set.of(architectures),
                        Map.of()))
                .make();
    }

    private JsonNode inspect(String reference, String... options) throws Exception {
        String[] command = new String[options.length + 4];
        command[0] = "skopeo";
        command[1] = "inspect";
        command[2] = "--tls-verify=false";
        System.arraycopy(options, 0, command, 3, options.length);
        command[command.length - 1] = "docker://localhost:" + port + "/models/cancer" + reference;
        return new ObjectMapper().readTree(Tools.run(command));
    }

    @Test
    void shouldPushAnIndexOfImagesThatHoldOnlyTheirOwnNatives() throws Exception {
        MadeImage made = push("7", "amd64", "arm64");

        JsonNode index = inspect("@" + made.digest(), "--raw");
        assertThat(index.get("mediaType").asText()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(index.get("manifests")).hasSize(2);
        assertThat(index.get("manifests").get(0).get("digest").asText())
                .isEqualTo(made.architectures().get("amd64"));
        assertThat(index.get("manifests")
                        .get(1)
                        .get("platform")
                        .get("architecture")
                        .asText())
                .isEqualTo("arm64");
        JsonNode intel =
                inspect("@" + made.architectures().get("amd64"), "--raw").get("layers");
        JsonNode arm = inspect("@" + made.architectures().get("arm64"), "--raw").get("layers");
        assertThat(arm.get(0)).isNotEqualTo(intel.get(0));
        assertThat(arm.get(1)).isEqualTo(intel.get(1));
        assertThat(inspect(":7", "--override-arch", "arm64").get("Architecture").asText())
                .isEqualTo("arm64");
    }

    @Test
    void shouldPushTheSameImageForTheSameModel() throws Exception {
        assertThat(push("first", "amd64").digest())
                .isEqualTo(push("again", "amd64").digest());
    }

    @Test
    void shouldSayThatTheRegistryIsAway() {
        registry.destroyForcibly().onExit().join();

        assertThatThrownBy(() -> push("7", "amd64"))
                .isInstanceOf(ImageFault.class)
                .hasMessageStartingWith("The registry localhost:" + port + " does not answer: ");
    }
}
