package io.mldelivery.serving;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.model.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code --models} names: {@code DIR}, {@code NAME=DIR}, {@code NAME:VERSION=DIR}, or a folder of model folders. */
final class ModelArguments {

    private static final List<String> MARKS = List.of("serving.properties", "MLmodel", "golden.json");
    private static final List<String> EXTENSIONS = List.of(".onnx", ".pt", ".json", ".ubj");

    private ModelArguments() {}

    static Map<ModelKey, Path> read(List<String> arguments, String version) {
        Map<ModelKey, Path> models = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            Path folder = folder(equals < 0 ? argument : argument.substring(equals + 1));
            if (equals >= 0) {
                put(models, key(argument.substring(0, equals), version), folder);
            } else if (isModel(folder)) {
                put(models, new ModelKey(folder.getFileName().toString(), version), folder);
            } else {
                children(folder)
                        .forEach(child ->
                                put(models, new ModelKey(child.getFileName().toString(), version), child));
            }
        }
        return models;
    }

    private static ModelKey key(String text, String version) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ModelKey(text, version)
                : new ModelKey(text.substring(0, colon), text.substring(colon + 1));
    }

    private static void put(Map<ModelKey, Path> models, ModelKey key, Path folder) {
        if (models.putIfAbsent(key, folder) != null) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION, key + " is given twice", "Give each model and version one folder.");
        }
    }

    private static Path folder(String text) {
        Path folder = Path.of(text).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION, "No folder " + folder, "Give --models an existing model folder.");
        }
        return folder;
    }

    private static boolean isModel(Path folder) {
        return list(folder).stream().anyMatch(file -> {
            String name = file.getFileName().toString();
            return MARKS.contains(name) || EXTENSIONS.stream().anyMatch(name::endsWith);
        });
    }

    private static List<Path> children(Path folder) {
        List<Path> models = list(folder).stream()
                .filter(Files::isDirectory)
                .filter(ModelArguments::isModel)
                .toList();
        if (models.isEmpty()) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "No model in " + folder,
                    "Give a folder with model.onnx, or a folder of such folders.");
        }
        return models;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION, "Cannot list " + folder + ": " + e.getMessage(), "Make it readable.", e);
        }
    }
}
