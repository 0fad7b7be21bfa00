package io.mldelivery.image;

import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The command line. Prints one line of JSON on standard output, {@code {"image", "digest", "architectures",
 * "modelDigest"}}; exit code 1 on failure, 64 for wrong options.
 */
public final class ImageMain {

    private static final String USAGE = "usage: java -jar serving-image.jar --serving-jar FILE --model DIR --name NAME"
            + " --version V --base scratch|IMAGE@DIGEST|tar:///FILE --to IMAGE|tar:///FILE [--engines DIR]"
            + " [--architecture amd64|arm64]... [--label KEY=VALUE]...";
    private static final Set<String> NEEDED =
            Set.of("--serving-jar", "--model", "--name", "--version", "--base", "--to");
    private static final String ENGINES = "--engines";

    private final Map<String, String> once = new TreeMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Set<String> architectures = new HashSet<>();

    private ImageMain() {}

    /** Ends the virtual machine, because the threads of the registry client would keep it alive. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        try {
            MadeImage made = new ServingImage(parse(arguments)).make();
            System.out.println(JsonTemplateMapper.toUtf8String(made));
        } catch (ImageFault e) {
            System.err.println(e.getMessage());
            System.err.println(e.advice());
            System.exit(e.advice().equals(USAGE) ? 64 : 1);
        }
        System.exit(0);
    }

    static ImageRequest parse(String... arguments) {
        ImageMain command = new ImageMain();
        List<String> rest = new ArrayList<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String option = rest.remove(0);
            if (rest.isEmpty()) {
                throw new ImageFault("Option " + option + " has no value", USAGE);
            }
            command.set(option, rest.remove(0));
        }
        return command.request();
    }

    private void set(String option, String value) {
        if (NEEDED.contains(option) || option.equals(ENGINES)) {
            once.put(option, value);
        } else if (option.equals("--architecture")) {
            architectures.add(value);
        } else if (option.equals("--label") && value.indexOf('=') > 0) {
            labels.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
        } else {
            throw new ImageFault("Unknown option " + option + " " + value, USAGE);
        }
    }

    private ImageRequest request() {
        NEEDED.stream()
                .filter(option -> !once.containsKey(option))
                .sorted()
                .findFirst()
                .ifPresent(missing -> {
                    throw new ImageFault("Option " + missing + " is missing", USAGE);
                });
        return new ImageRequest(
                Path.of(once.get("--serving-jar")),
                Optional.ofNullable(once.get(ENGINES)).map(Path::of),
                ModelFiles.of(once.get("--name"), once.get("--version"), Path.of(once.get("--model"))),
                once.get("--base"),
                once.get("--to"),
                architectures.isEmpty() ? Set.of("amd64") : architectures,
                labels);
    }
}
