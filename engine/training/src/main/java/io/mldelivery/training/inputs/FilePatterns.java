package io.mldelivery.training.inputs;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * Finds files below a folder by patterns as {@code data/*.csv} or {@code build/**}: {@code *} stays within a folder,
 * {@code **} crosses folders. A plain path is a pattern that matches itself, and all files below it when it is a folder.
 */
public final class FilePatterns {
    private FilePatterns() {}

    /** Returns the matching files in order of their paths; a pattern that matches none is an error when {@code strict}. */
    public static List<Path> find(Path root, List<String> patterns, boolean strict) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        for (String pattern : patterns) {
            List<Path> files = find(root, pattern);
            if (strict && files.isEmpty()) {
                throw new DeliveryException(Code.DATA, "no file matches data '" + pattern + "' in " + root,
                        "Correct the pattern, or fetch the data before trainModel.");
            }
            found.addAll(files);
        }
        return List.copyOf(found);
    }

    private static List<Path> find(Path root, String pattern) throws IOException {
        Path base = root.resolve(fixedPart(pattern)).normalize();
        if (!base.startsWith(root.normalize())) {
            throw new DeliveryException(Code.CONFIG, "the pattern '" + pattern + "' leaves the workspace",
                    "Use a pattern relative to the workspace, such as data/*.csv.");
        }
        List<Path> files = new ArrayList<>();
        if (Files.exists(base)) {
            Files.walkFileTree(base, new Collector(root, matcher(pattern), files));
        }
        return files;
    }

    /** The folders before the first wildcard, so that nothing else is searched. */
    private static String fixedPart(String pattern) {
        String[] segments = pattern.split("/");
        StringBuilder fixed = new StringBuilder();
        for (String segment : segments) {
            if (segment.matches(".*[*?\\[{].*")) {
                break;
            }
            fixed.append(fixed.isEmpty() ? "" : "/").append(segment);
        }
        return fixed.toString();
    }

    private static PathMatcher matcher(String pattern) {
        try {
            PathMatcher exact = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            PathMatcher below = FileSystems.getDefault().getPathMatcher("glob:" + pattern.replaceAll("/+$", "") + "/**");
            return path -> exact.matches(path) || below.matches(path);
        } catch (PatternSyntaxException e) {
            throw new DeliveryException(Code.CONFIG, "the pattern '" + pattern + "' is broken: " + e.getDescription(),
                    "Use * for a part of a name, ** for any folders, and no unmatched [ or {.", e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final PathMatcher matcher;
        private final List<Path> files;

        Collector(Path root, PathMatcher matcher, List<Path> files) {
            this.root = root;
            this.matcher = matcher;
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && matcher.matches(root.relativize(file))) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
