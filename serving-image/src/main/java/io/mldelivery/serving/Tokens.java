package io.mldelivery.serving;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.routes.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the token for changes from a file, or else from the environment variable MLDELIVERY_SERVING_TOKEN. */
final class Tokens {

    private Tokens() {}

    static Token read(Optional<Path> file) {
        return new Token(
                file.map(Tokens::content).or(() -> Optional.ofNullable(System.getenv("MLDELIVERY_SERVING_TOKEN"))));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "Cannot read the token file " + file,
                    "Give --token-file a readable file.",
                    e);
        }
    }
}
