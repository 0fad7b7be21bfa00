package io.mldelivery.registry.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program in the place of serving-image.jar: keeps its arguments and answers, or fails as the real one does. */
public final class RecordingMaker {
    private RecordingMaker() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        String target = words.get(words.indexOf("--to") + 1);
        Path model = Path.of(words.get(words.indexOf("--model") + 1));
        if (target.startsWith("refused/")) {
            System.out.println("The registry refused or could not be reached: 401");
            System.out.println("Check the credentials.");
            System.exit(1);
        }
        Files.write(model.resolveSibling("arguments"), words);
        System.out.println(
                "{\"image\":\"" + target + "\",\"digest\":\"sha256:1\",\"architectures\":{\"amd64\":\"sha256:1\"},"
                        + "\"modelDigest\":\"" + Files.readString(model.resolve("model.onnx")) + "\"}");
    }
}
