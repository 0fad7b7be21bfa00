package io.mldelivery.drift.submit;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What surrounds a submitted program on this machine.
 *
 * @param folder where it runs
 * @param environment variables it gets besides those of this process
 * @param out takes what it prints on standard output, line by line
 * @param messages takes what Spark logs, line by line, in another thread
 */
public record Surroundings(
        Path folder, Map<String, String> environment, Consumer<String> out, Consumer<String> messages) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process: its folder and environment; messages go to its standard error. */
    public static Surroundings here(Consumer<String> out) {
        return new Surroundings(Path.of(""), Map.of(), out, System.err::println);
    }
}
