package io.mldelivery.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that names shared libraries. A checkout of this product is the library {@code ml-delivery} by itself. */
final class LibraryOption {
    private static final String PRODUCT = "ml-delivery";

    @Option(
            names = "--library",
            paramLabel = "NAME=PATH",
            description =
                    "A shared library's folder, for @Library('NAME') and library('NAME'); may be given several times."
                            + " The library ml-delivery is there already.")
    private final Map<String, Path> given = new LinkedHashMap<>();

    Map<String, Path> folders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        String root = System.getProperty("mldelivery.root");
        if (root != null && Files.isDirectory(Path.of(root, "vars"))) {
            folders.put(PRODUCT, Path.of(root));
        }
        folders.putAll(given);
        return folders;
    }
}
