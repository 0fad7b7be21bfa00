package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder in which models may be registered while the server runs; nothing outside it, links followed. */
public final class ModelRoot {

    private final Optional<Path> root;

    /** Without a root nothing can be registered. */
    public ModelRoot(Optional<Path> root) {
        this.root = root;
    }

    /** The folder that a path, relative to the root or absolute, names. */
    Path resolve(String text) {
        Path allowed = root.orElseThrow(() -> bad("This server was started without --model-root"));
        try {
            Path real = allowed.toRealPath().resolve(plain(text)).toRealPath();
            if (real.startsWith(allowed.toRealPath()) && Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException | InvalidPathException e) {
            throw bad("No model folder " + text);
        }
        throw bad("No model folder " + text);
    }

    private static String plain(String text) {
        return text.startsWith("file://") ? text.substring("file://".length()) : text;
    }

    private static ServingException bad(String what) {
        return new ServingException(ErrorCode.BAD_OPTION, what, "Give a folder below --model-root.");
    }
}
