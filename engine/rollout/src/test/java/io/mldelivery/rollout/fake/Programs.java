package io.mldelivery.rollout.fake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of the distribution that tests run; in CI they must be there. */
public final class Programs {
    private Programs() {}

    /** The program's path; the test is skipped without it, or fails in CI. */
    public static String require(String name) {
        List<String> folders = Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .toList();
        for (String folder : folders) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name).toString();
            }
        }
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(name + " is not installed: apt-get install " + name);
        }
        Assumptions.abort(name + " is not installed: apt-get install " + name);
        return name;
    }
}
