package io.mldelivery.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Makes the image of a model with its server and puts it into a tar (as docker save writes it) or a registry, without a
 * container engine. For
 * several architectures it pushes one image each, tagged {@code <tag>-<architecture>}, and an index of them. The same
 * files give the same digest. The server runs as uid 10001 on a root file system that may be read-only: ONNX Runtime makes an
 * empty folder when it starts, and that goes to the memory that every container has at /dev/shm.
 */
final class ServingImage {

    private static final String USER = "10001:10001";

    private final ImageRequest request;
    private final ModelFiles model;

    ServingImage(ImageRequest request) {
        this.request = request;
        this.model = request.model();
    }

    MadeImage make() throws InterruptedException {
        try {
            if (!request.toTar()) {
                new Registry(ImageReference.parse(request.target())).ask();
            }
            Path work = Files.createTempDirectory("serving-image");
            try {
                return make(work);
            } finally {
                delete(work);
            }
        } catch (IOException | CacheDirectoryCreationException e) {
            throw new ImageFault("Cannot make the image: " + told(e), "Check the files, the disk and the registry.", e);
        } catch (InvalidImageReferenceException e) {
            throw new ImageFault(e.getMessage(), "Give --base and --to image references or tar:///file.", e);
        } catch (RegistryException | ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ImageFault(
                    "The registry refused or could not be reached: " + told(cause),
                    "Check the reference, and the credentials that docker login or DOCKER_CONFIG give.",
                    e);
        }
    }

    private static String told(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private MadeImage make(Path work)
            throws IOException, InvalidImageReferenceException, InterruptedException, RegistryException,
                    CacheDirectoryCreationException, ExecutionException {
        Map<String, String> digests = new TreeMap<>();
        for (String architecture : request.architectures().stream().sorted().toList()) {
            Path folder = Files.createDirectory(work.resolve(architecture));
            JibContainer made = image(architecture, folder).containerize(target(architecture, folder));
            digests.put(architecture, made.getDigest().toString());
        }
        String digest = digests.size() == 1
                ? digests.values().iterator().next()
                : new Registry(ImageReference.parse(request.target())).pushIndex(digests);
        return new MadeImage(request.target(), digest, digests, model.digest());
    }

    private JibContainerBuilder image(String architecture, Path work)
            throws IOException, InvalidImageReferenceException {
        ServerFiles server = ServerFiles.split(request.servingJar(), architecture, work);
        return base().setFileEntriesLayers(Contents.layers(server, request.engines(), model))
                .setEntrypoint(
                        "java",
                        "-XX:MaxRAMPercentage=50",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=/dev/shm",
                        "-cp",
                        Contents.HOME + "serving.jar:" + Contents.HOME + "engines/*",
                        "io.mldelivery.serving.ServingMain",
                        "--models",
                        model.name() + ":" + model.version() + "=" + Contents.MODEL)
                .setEnvironment(Map.of("MLDELIVERY_NATIVES", Contents.HOME + "native", "ORT_DISABLE_TELEMETRY", "1"))
                .setExposedPorts(Set.of(Port.tcp(8080), Port.tcp(8081)))
                .setLabels(labels())
                .setUser(USER)
                .setFormat(request.toTar() ? ImageFormat.Docker : ImageFormat.OCI)
                .setCreationTime(Instant.EPOCH)
                .setPlatforms(Set.of(new Platform(architecture, "linux")));
    }

    private JibContainerBuilder base() throws InvalidImageReferenceException {
        if (request.base().equals("scratch")) {
            return Jib.fromScratch();
        }
        return request.base().startsWith(ImageRequest.TAR)
                ? Jib.from(TarImage.at(file(request.base())))
                : Jib.from(Registry.image(ImageReference.parse(request.base())));
    }

    private static Path file(String tar) {
        return Path.of(tar.substring(ImageRequest.TAR.length()));
    }

    private Map<String, String> labels() throws IOException {
        Map<String, String> labels = new TreeMap<>();
        labels.put("org.opencontainers.image.title", model.name());
        labels.put("org.opencontainers.image.version", model.version());
        labels.put("org.opencontainers.image.description", "Model " + model.name() + " with its server");
        if (!request.base().startsWith(ImageRequest.TAR)) {
            labels.put("org.opencontainers.image.base.name", request.base());
        }
        labels.put("io.mldelivery.model.name", model.name());
        labels.put("io.mldelivery.model.version", model.version());
        labels.put("io.mldelivery.model.sha256", model.digest());
        labels.putAll(request.labels());
        return labels;
    }

    private Containerizer target(String architecture, Path work) throws InvalidImageReferenceException {
        return containerizer(architecture)
                .setApplicationLayersCache(work.resolve("layers"))
                .setToolName("mldelivery");
    }

    private Containerizer containerizer(String architecture) throws InvalidImageReferenceException {
        if (request.toTar()) {
            return Containerizer.to(TarImage.at(file(request.target()))
                    .named(model.name().toLowerCase(Locale.ROOT) + ":" + model.version()));
        }
        ImageReference target = ImageReference.parse(request.target());
        ImageReference tagged = request.architectures().size() == 1
                ? target
                : target.withQualifier(target.getQualifier() + "-" + architecture);
        return Containerizer.to(Registry.image(tagged)).setAllowInsecureRegistries(Registry.local(tagged));
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
