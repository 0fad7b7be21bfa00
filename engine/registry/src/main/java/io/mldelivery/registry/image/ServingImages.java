package io.mldelivery.registry.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.CommandLine;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers registered versions onto a base image with the model server, without a container engine: fetches the model's
 * files and runs {@code serving-image.jar} over them. The same version on the same base gives the same digest, so doing
 * it again changes nothing.
 */
public final class ServingImages {
    /** The variable with the path of the program that makes images. */
    public static final String MAKER = "MLDELIVERY_SERVING_IMAGE";
    /** The variable with the path of the model server. */
    public static final String SERVER = "MLDELIVERY_SERVING";

    private static final Pattern RUN_SOURCE = Pattern.compile("runs:/([^/]+)/?(.*)");
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mlflow mlflow;
    private final Map<String, String> environment;

    /**
     * @param environment names both programs; {@code DOCKER_CONFIG} names the folder with the registry's credentials
     */
    public ServingImages(Mlflow mlflow, Map<String, String> environment) {
        this.mlflow = mlflow;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes the image and puts it where it was ordered.
     *
     * @param scratch an empty folder, which the caller removes
     */
    public BuiltImage build(ImageOrder order, Path scratch) throws IOException, InterruptedException {
        Path maker = program(MAKER, "serving-image.jar");
        Path server = program(SERVER, "serving.jar");
        RegisteredVersion model = mlflow.models()
                .resolve(order.model())
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        "the registry has no " + order.model(),
                        "Register the model first, or correct the name."));
        Path files = scratch.resolve("model");
        fetch(model, files);
        List<String> command = command(order, model, maker, server, files);
        CommandLine.Result result = CommandLine.run(command, environment, scratch.resolve("output"), LIMIT);
        return answer(model, result);
    }

    private Path program(String variable, String what) {
        String path = environment.getOrDefault(variable, "").strip();
        if (path.isEmpty() || !Files.isRegularFile(Path.of(path))) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    path.isEmpty() ? variable + " is not set" : variable + " names " + path + ", which is no file",
                    "Set it to the path of " + what + " on this agent; the build of serving-image makes it.");
        }
        return Path.of(path);
    }

    private void fetch(RegisteredVersion model, Path files) {
        Matcher source = RUN_SOURCE.matcher(model.source());
        if (!source.matches()) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    model.uri() + " lies at " + model.source() + ", which is no folder of a run",
                    "Register the model with registerModel, which points to its run.");
        }
        mlflow.artifacts().download(source.group(1), source.group(2), files);
    }

    private static List<String> command(
            ImageOrder order, RegisteredVersion model, Path maker, Path server, Path files) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx512m", "-jar", maker.toString()));
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--serving-jar", server.toString());
        options.put("--model", files.toString());
        options.put("--name", model.name());
        options.put("--version", model.version());
        options.put("--base", order.base());
        options.put("--to", order.target());
        order.engines().ifPresent(folder -> options.put("--engines", folder));
        options.forEach((option, value) -> command.addAll(List.of(option, value)));
        order.architectures().forEach(name -> command.addAll(List.of("--architecture", name)));
        new TreeMap<>(order.labels()).forEach((key, value) -> command.addAll(List.of("--label", key + "=" + value)));
        return command;
    }

    private static BuiltImage answer(RegisteredVersion model, CommandLine.Result result) {
        List<String> lines =
                result.output().lines().filter(line -> !line.isBlank()).toList();
        if (!result.succeeded()) {
            String what = lines.isEmpty() ? "exit code " + result.exit() : lines.get(0);
            String advice = lines.size() > 1 ? lines.get(1) : "Look at the base, the target and the registry.";
            throw new DeliveryException(Code.SERVING, "no image was made: " + what, advice);
        }
        try {
            JsonNode made = JSON.readTree(lines.get(lines.size() - 1));
            Map<String, String> architectures = new TreeMap<>();
            made.path("architectures")
                    .properties()
                    .forEach(each ->
                            architectures.put(each.getKey(), each.getValue().asText()));
            return new BuiltImage(
                    model,
                    made.path("image").asText(),
                    made.path("digest").asText(),
                    architectures,
                    made.path("modelDigest").asText());
        } catch (JsonProcessingException | IndexOutOfBoundsException e) {
            throw new DeliveryException(
                    Code.SERVING,
                    "the image's digest is not known: its maker printed "
                            + result.output().strip(),
                    "Set " + MAKER + " to the serving-image.jar of this version.",
                    e);
        }
    }
}
