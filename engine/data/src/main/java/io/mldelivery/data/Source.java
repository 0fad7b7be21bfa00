package io.mldelivery.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Files that make up one table, all of one format.
 *
 * @param name the source as the user wrote it, of an address what may be shown
 * @param files absolute paths, sorted
 */
record Source(String name, Format format, List<String> files) {

    /** Resolves a file, a folder or a pattern; {@code glob} lists the files of a pattern. */
    static Source resolve(Path folder, String name, Function<String, List<String>> glob) {
        if (name.isBlank()) {
            throw Problems.data("no data file is named", "Name a CSV, TSV, JSON Lines, Parquet or Arrow file.");
        }
        List<String> files = files(folder, name, glob);
        if (files.isEmpty()) {
            throw Problems.data(
                    name + ": there is no such file",
                    "Check the path; it is looked up from "
                            + folder.toAbsolutePath().normalize() + ".");
        }
        return new Source(name, formatOf(name, files), files);
    }

    /** What was fetched from an address. */
    static Source fetched(String name, List<Path> files) {
        List<String> paths =
                files.stream().map(file -> checked(name, file)).sorted().toList();
        return new Source(name, formatOf(name, paths), paths);
    }

    private static List<String> files(Path folder, String name, Function<String, List<String>> glob) {
        Optional<Path> path = existing(folder, name);
        if (path.isPresent() && Files.isDirectory(path.get())) {
            return filesUnder(path.get());
        }
        if (path.isPresent()) {
            return List.of(checked(name, path.get()));
        }
        boolean pattern = name.matches(".*[*?\\[].*");
        return pattern ? List.copyOf(new TreeSet<>(glob.apply(absolutePattern(folder, name)))) : List.of();
    }

    private static Optional<Path> existing(Path folder, String name) {
        try {
            return Optional.of(folder.resolve(name).toAbsolutePath().normalize())
                    .filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String absolutePattern(Path folder, String name) {
        return name.startsWith("/") ? name : escaped(folder.toAbsolutePath().normalize() + "/") + name;
    }

    private static List<String> filesUnder(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> Format.of(file.getFileName().toString())
                            .filter(format -> format != Format.QUERY)
                            .isPresent())
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw Problems.data(
                    directory + ": the folder cannot be listed: " + e.getMessage(), "Make the folder readable.");
        }
    }

    private static String checked(String name, Path file) {
        if (!Files.isReadable(file)) {
            throw Problems.data(name + ": the file cannot be read", "Make the file readable for this user.");
        }
        try {
            if (Files.size(file) == 0) {
                throw Problems.data(name + ": the file is empty", "Write the data again; a table needs a header.");
            }
        } catch (IOException e) {
            throw Problems.data(name + ": the file cannot be read: " + e.getMessage(), "Check the disk.");
        }
        return file.toString();
    }

    private static Format formatOf(String name, List<String> files) {
        List<Optional<Format>> formats =
                files.stream().map(Format::of).distinct().toList();
        if (formats.size() > 1) {
            throw Problems.data(name + ": files of several formats", "Name a pattern that matches one format only.");
        }
        return formats.get(0)
                .orElseThrow(() -> Problems.data(
                        name + ": the format is not known from the file's name",
                        "Name it .csv, .tsv, .jsonl, .parquet or .arrow (.gz or .zst behind text is fine)."));
    }

    /** The files as DuckDB wants them: characters of patterns escaped. */
    List<String> patterns() {
        return files.stream().map(Source::escaped).toList();
    }

    private static String escaped(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }
}
