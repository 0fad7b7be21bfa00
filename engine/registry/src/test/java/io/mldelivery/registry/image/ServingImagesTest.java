package io.mldelivery.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.registry.Artifact;
import io.mldelivery.registry.Artifacts;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.Models;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.registry.Tracking;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingImagesTest {
    @TempDir
    Path folder;

    private Path maker;
    private Path server;
    private String source = "runs:/r1/build/model";

    @BeforeEach
    void makePrograms() throws IOException {
        maker = folder.resolve("serving-image.jar");
        server = Files.writeString(folder.resolve("serving.jar"), "jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, RecordingMaker.class.getName());
        try (OutputStream out = Files.newOutputStream(maker);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            String name = RecordingMaker.class.getName().replace('.', '/') + ".class";
            jar.putNextEntry(new ZipEntry(name));
            RecordingMaker.class.getClassLoader().getResourceAsStream(name).transferTo(jar);
        }
    }

    private BuiltImage build(String target, Map<String, String> environment) throws Exception {
        ImageOrder order = new ImageOrder(
                "models:/flights@champion",
                "base@sha256:2",
                target,
                List.of("amd64"),
                Optional.of("jars"),
                Map.of("team", "a"));
        return new ServingImages(new OneModel(), environment)
                .build(order, Files.createDirectories(folder.resolve("scratch")));
    }

    private Map<String, String> programs() {
        return Map.of("MLDELIVERY_SERVING", server.toString(), "MLDELIVERY_SERVING_IMAGE", maker.toString());
    }

    @Test
    void shouldMakeAnImageOfTheFilesThatTheRegistryHas() throws Exception {
        BuiltImage image = build("registry/flights:3", programs());

        assertThat(image.model().uri()).isEqualTo("models:/flights/3");
        assertThat(image.digest()).isEqualTo("sha256:1");
        assertThat(image.modelDigest()).isEqualTo("r1 build/model");
        assertThat(Files.readAllLines(folder.resolve("scratch/arguments")))
                .containsSubsequence("--name", "flights", "--version", "3", "--base", "base@sha256:2")
                .containsSubsequence("--engines", "jars", "--architecture", "amd64", "--label", "team=a");
    }

    @Test
    void shouldSayWhatTheMakerSaid() {
        assertThatThrownBy(() -> build("refused/flights:3", programs()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no image was made: The registry refused or could not be reached: 401")
                .hasMessageContaining("Check the credentials.");
    }

    @Test
    void shouldSayWhichProgramIsMissing() {
        assertThatThrownBy(() -> build("x", Map.of())).hasMessageContaining("MLDELIVERY_SERVING_IMAGE is not set");
        assertThatThrownBy(() -> build("x", Map.of("MLDELIVERY_SERVING_IMAGE", "/nowhere.jar")))
                .hasMessageContaining("MLDELIVERY_SERVING_IMAGE names /nowhere.jar, which is no file");
    }

    @Test
    void shouldRefuseAVersionWhoseFilesAreElsewhere() {
        source = "s3://bucket/model";

        assertThatThrownBy(() -> build("x", programs()))
                .hasMessageContaining("models:/flights/3 lies at s3://bucket/model");
    }

    /** A registry with one version. */
    private final class OneModel implements Mlflow {
        @Override
        public Models models() {
            var version = new RegisteredVersion("flights", "3", "r1", source, "READY", Map.of());
            return (Models) Proxy.newProxyInstance(
                    Models.class.getClassLoader(),
                    new Class<?>[] {Models.class},
                    (proxy, method, arguments) -> Optional.of(version)
                            .filter(found -> method.getName().equals("resolve")));
        }

        @Override
        public Artifacts artifacts() {
            return new Artifacts() {
                @Override
                public void upload(String runId, String path, Path file) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public List<Artifact> list(String runId, String path) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void download(String runId, String path, Path target) {
                    try {
                        Files.writeString(Files.createDirectories(target).resolve("model.onnx"), runId + " " + path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void fetch(String address, Path target) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public Tracking tracking() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
