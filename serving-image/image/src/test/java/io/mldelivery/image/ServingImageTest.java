package io.mldelivery.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingImageTest {

    @TempDir
    Path folder;

    private Path jar;
    private Path model;
    private Path engines;

    @BeforeEach
    void makeFiles() throws IOException {
        model = Files.createDirectories(folder.resolve("model/data")).getParent();
        Files.writeString(model.resolve("model.onnx"), "weights");
        Files.writeString(model.resolve("data/more"), "more");
        jar = folder.resolve("serving.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : new String[] {
                "io/mldelivery/serving/ServingMain.class",
                "META-INF/sbom/serving.cdx.json",
                "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
                "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
                "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib"
            }) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes());
                zip.closeEntry();
            }
        }
    }

    private ImageRequest request(String target, String... architectures) {
        return new ImageRequest(
                jar,
                Optional.ofNullable(engines),
                ModelFiles.of("flights", "3", model),
                "scratch",
                "tar://" + folder.resolve(target),
                Set.of(architectures),
                Map.of("team", "a"));
    }

    /** The files of a tar by name. */
    private static Map<String, byte[]> untar(InputStream in) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName(), tar.readAllBytes());
                }
            }
        }
        return files;
    }

    private Map<String, byte[]> image(String name) throws IOException {
        return untar(Files.newInputStream(folder.resolve(name)));
    }

    private static JsonNode manifest(Map<String, byte[]> image) throws IOException {
        return new ObjectMapper().readTree(image.get("manifest.json")).get(0);
    }

    private static Map<String, byte[]> layer(Map<String, byte[]> image, int index) throws IOException {
        byte[] layer = image.get(manifest(image).get("Layers").get(index).asText());
        return untar(new GZIPInputStream(new ByteArrayInputStream(layer)));
    }

    private static JsonNode config(Map<String, byte[]> image) throws IOException {
        String name = manifest(image).get("Config").asText();
        return new ObjectMapper().readTree(image.get(name)).get("config");
    }

    @Test
    void shouldPutNativesServerAndModelIntoLayersOfTheirOwn() throws Exception {
        new ServingImage(request("image.tar", "amd64")).make();

        Map<String, byte[]> image = image("image.tar");
        assertThat(layer(image, 0)).containsOnlyKeys("opt/mldelivery/native/linux-x64/libonnxruntime.so");
        assertThat(layer(image, 1))
                .containsOnlyKeys("opt/mldelivery/serving.jar", "opt/mldelivery/sbom/serving.cdx.json");
        assertThat(layer(image, 2)).containsOnlyKeys("opt/ml/model/model.onnx", "opt/ml/model/data/more");
        assertThat(entries(layer(image, 1).get("opt/mldelivery/serving.jar")))
                .containsExactly("io/mldelivery/serving/ServingMain.class");
    }

    private static Set<String> entries(byte[] zip) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void shouldRunAsANumberedUserAndSayWhatIsInside() throws Exception {
        new ServingImage(request("image.tar", "amd64")).make();

        JsonNode config = config(image("image.tar"));
        assertThat(config.get("User").asText()).isEqualTo("10001:10001");
        assertThat(config.get("Entrypoint").toString())
                .contains("\"io.mldelivery.serving.ServingMain\",\"--models\",\"flights:3=/opt/ml/model/\"");
        assertThat(config.get("Env").toString()).contains("MLDELIVERY_NATIVES=/opt/mldelivery/native");
        assertThat(config.get("ExposedPorts").toString()).contains("8080/tcp", "8081/tcp");
        JsonNode labels = config.get("Labels");
        assertThat(labels.get("org.opencontainers.image.title").asText()).isEqualTo("flights");
        assertThat(labels.get("io.mldelivery.model.version").asText()).isEqualTo("3");
        assertThat(labels.get("io.mldelivery.model.sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(labels.get("team").asText()).isEqualTo("a");
    }

    @Test
    void shouldGiveTheSameDigestForTheSameFilesAndMoveOnlyTheModelLayerForAnother() throws Exception {
        String first = new ServingImage(request("first.tar", "amd64")).make().digest();
        Files.setLastModifiedTime(model.resolve("model.onnx"), java.nio.file.attribute.FileTime.fromMillis(0));
        String again = new ServingImage(request("again.tar", "amd64")).make().digest();
        Files.writeString(model.resolve("model.onnx"), "other weights");
        String other = new ServingImage(request("other.tar", "amd64")).make().digest();

        assertThat(first).startsWith("sha256:").isEqualTo(again).isNotEqualTo(other);
        JsonNode before = manifest(image("first.tar")).get("Layers");
        JsonNode after = manifest(image("other.tar")).get("Layers");
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(1)).isEqualTo(before.get(1));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }

    @Test
    void shouldTakeTheNativesOfTheArchitecture() throws Exception {
        new ServingImage(request("arm.tar", "arm64")).make();

        assertThat(layer(image("arm.tar"), 0))
                .containsOnlyKeys("opt/mldelivery/native/linux-aarch64/libonnxruntime.so");
    }

    @Test
    void shouldPutFurtherEnginesIntoALayerOfTheirOwn() throws Exception {
        engines = Files.createDirectory(folder.resolve("engines"));
        Files.writeString(engines.resolve("xgboost.jar"), "jar");

        new ServingImage(request("engines.tar", "amd64")).make();

        assertThat(layer(image("engines.tar"), 1)).containsOnlyKeys("opt/mldelivery/engines/xgboost.jar");
    }

    @Test
    void shouldDigestAModelAsTheRegistryDoes() throws IOException {
        // (cd model; sha256sum data/more model.onnx) | sha256sum
        assertThat(ModelFiles.of("flights", "3", model).digest())
                .isEqualTo("adaad05c0fbb8e6e1156ff18807ecd00b2ca02601879dec8b064f0b900ae003a");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertFault(() -> ImageMain.parse("--name", "x"), "Option --base is missing");
        assertFault(() -> ImageMain.parse("--colour", "red"), "Unknown option --colour red");
        assertFault(() -> ImageMain.parse("--name"), "Option --name has no value");
        assertFault(() -> request("x", "sparc"), "No image for [sparc]");
        assertFault(() -> request("x", "amd64", "arm64"), "A tar holds the image of one architecture, not of 2");
        assertFault(() -> ModelFiles.of("a b", "3", model), "'a b' version '3' cannot be served");
        Path nowhere = folder.resolve("nowhere");
        assertFault(() -> ModelFiles.of("a", "3", nowhere), "No model folder " + nowhere);
        jar = nowhere;
        assertFault(() -> new ServingImage(request("x.tar", "amd64")).make(), "No file " + nowhere);
    }

    @Test
    void shouldRefuseABaseThatMayChange() {
        assertFault(
                () -> ImageMain.parse(
                        "--serving-jar",
                        "s.jar",
                        "--model",
                        model.toString(),
                        "--name",
                        "n",
                        "--version",
                        "1",
                        "--base",
                        "eclipse-temurin:17-jre",
                        "--to",
                        "tar:///t.tar"),
                "The base eclipse-temurin:17-jre may be another image tomorrow");
    }

    private static void assertFault(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(ImageFault.class).hasMessage(message);
    }

    @Test
    void shouldReadTheCommandLine() {
        ImageRequest request = ImageMain.parse(
                "--serving-jar",
                "s.jar",
                "--model",
                model.toString(),
                "--name",
                "n",
                "--version",
                "1",
                "--base",
                "scratch",
                "--to",
                "r/i:t",
                "--architecture",
                "amd64",
                "--architecture",
                "arm64",
                "--label",
                "a=b=c");

        assertThat(request.architectures()).containsExactlyInAnyOrder("amd64", "arm64");
        assertThat(request.labels()).containsEntry("a", "b=c");
    }
}
