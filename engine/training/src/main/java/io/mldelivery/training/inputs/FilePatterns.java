package io.mldelivery.training.inputs;

import static java.nio.file.FileVisitOption.FOLLOW_LINKS;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds files below a folder by patterns as Ant and Jenkins know them, such as {@code data/*.csv} or {@code build/**}:
 * {@code *} and {@code ?} stay within a folder, {@code **} crosses any number of folders, also none. A path without
 * wildcards matches itself, and all files below it when it is a folder.
 */
public final class FilePatterns {
    private static final Pattern WILDCARD = Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?");

    private FilePatterns() {}

    /** Returns the matching files in order of their paths; a pattern that matches none is an error when {@code strict}. */
    public static List<Path> find(Path root, List<String> patterns, boolean strict) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        for (String pattern : patterns) {
            List<Path> files = find(root, pattern);
            if (strict && files.isEmpty()) {
                throw new DeliveryException(
                        Code.DATA,
                        "no file matches data '" + pattern + "' in " + root,
                        "Correct the pattern, or fetch the data before trainModel.");
            }
            found.addAll(files);
        }
        return List.copyOf(found);
    }

    private static List<Path> find(Path root, String pattern) throws IOException {
        Path base = root.resolve(fixedPart(pattern)).normalize();
        if (pattern.startsWith("/") || !base.startsWith(root.normalize())) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the pattern '" + pattern + "' leaves the workspace",
                    "Use a pattern relative to the workspace, such as data/*.csv.");
        }
        boolean folder = Files.isDirectory(base) && fixedPart(pattern).equals(pattern.replaceAll("/+$", ""));
        Pattern expression = expression(folder ? fixedPart(pattern) + "/**" : pattern);
        List<Path> files = new ArrayList<>();
        if (Files.exists(base)) { // links are followed: data often lies on another disk
            Files.walkFileTree(base, Set.of(FOLLOW_LINKS), Integer.MAX_VALUE, new Collector(root, expression, files));
        }
        return files;
    }

    /** The folders before the first wildcard, so that nothing else is searched. */
    private static String fixedPart(String pattern) {
        String[] segments = pattern.split("/");
        StringBuilder fixed = new StringBuilder();
        for (String segment : segments) {
            if (segment.matches(".*[*?].*")) {
                break;
            }
            fixed.append(fixed.isEmpty() ? "" : "/").append(segment);
        }
        return fixed.toString();
    }

    private static Pattern expression(String pattern) {
        StringBuilder expression = new StringBuilder();
        Matcher wildcard = WILDCARD.matcher(pattern);
        int from = 0;
        while (wildcard.find()) {
            expression.append(Pattern.quote(pattern.substring(from, wildcard.start())));
            expression.append(meaning(wildcard.group()));
            from = wildcard.end();
        }
        expression.append(Pattern.quote(pattern.substring(from)));
        return Pattern.compile(expression.toString());
    }

    private static String meaning(String wildcard) {
        return switch (wildcard) {
            case "**/" -> "(?:.*/)?";
            case "**" -> ".*";
            case "*" -> "[^/]*";
            default -> "[^/]";
        };
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Pattern expression;
        private final List<Path> files;

        Collector(Path root, Pattern expression, List<Path> files) {
            this.root = root;
            this.expression = expression;
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && expression.matcher(root.relativize(file).toString()).matches()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
