package io.mldelivery.digest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file's content.
 *
 * @param path relative, with {@code /} between folders
 */
public record FileDigest(String path, String sha256, long bytes) implements Serializable {

    /** Digests these files, by path. */
    public static List<FileDigest> of(Path root, Collection<Path> files) throws IOException {
        List<FileDigest> digests = new ArrayList<>();
        for (Path file : files) {
            String path = root.relativize(file).toString().replace('\\', '/');
            digests.add(new FileDigest(path, Sha256.of(file), Files.size(file)));
        }
        digests.sort(Comparator.comparing(FileDigest::path));
        return digests;
    }

    /** Digests all files of a folder, by path. */
    public static List<FileDigest> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return of(folder, files.filter(Files::isRegularFile).collect(Collectors.toList()));
        }
    }

    /**
     * One digest for all: SHA-256 over a line {@code <sha256>  <path>} for each file in the order of paths, as
     * {@code sha256sum} prints them.
     */
    public static String combined(Collection<FileDigest> files) {
        return Sha256.of(files.stream()
                .sorted(Comparator.comparing(FileDigest::path))
                .map(file -> file.sha256() + "  " + file.path() + "\n")
                .collect(Collectors.joining()));
    }
}
