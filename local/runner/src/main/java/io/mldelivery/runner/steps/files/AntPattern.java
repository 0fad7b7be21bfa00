package io.mldelivery.runner.steps.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A comma-separated list of Ant patterns: {@code *} and {@code ?} within a name, {@code **} over folders, a trailing
 * slash for all below.
 */
public final class AntPattern {
    /** What Ant leaves out unless told otherwise. */
    static final String DEFAULT_EXCLUDES =
            "**/*~,**/#*#,**/.#*,**/%*%,**/._*,**/CVS,**/CVS/**,**/.cvsignore,**/SCCS,**/SCCS/**,**/vssver.scc,"
                    + "**/.svn,**/.svn/**,**/.DS_Store,**/.git,**/.git/**,**/.gitattributes,**/.gitignore,"
                    + "**/.gitmodules,**/.hg,**/.hg/**,**/.hgignore,**/.hgsub,**/.hgsubstate,**/.hgtags,"
                    + "**/.bzr,**/.bzr/**,**/.bzrignore";

    private final List<Pattern> patterns;

    private AntPattern(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Parses a list; an absent or empty one matches nothing. */
    public static AntPattern of(String list) {
        return of(list, 0);
    }

    private static AntPattern of(String list, int flags) {
        if (list == null || list.isBlank()) {
            return new AntPattern(List.of());
        }
        return new AntPattern(Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern -> compile(pattern, flags))
                .toList());
    }

    private static Pattern compile(String pattern, int flags) {
        String whole = pattern.replace('\\', '/');
        if (whole.endsWith("/")) {
            whole += "**";
        }
        var regex = new StringBuilder();
        String[] parts = whole.split("/");
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("**")) {
                regex.append(last ? ".*" : "(?:.*/)?");
            } else {
                regex.append(name(parts[i])).append(last ? "" : "/");
            }
        }
        String text = regex.toString();
        if (text.endsWith("/.*")) {
            text = text.substring(0, text.length() - 3) + "(?:/.*)?";
        }
        return Pattern.compile(text, flags);
    }

    private static String name(String part) {
        var regex = new StringBuilder();
        for (char c : part.toCharArray()) {
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Whether a path relative to the base, with slashes, matches one of the patterns. */
    public boolean matches(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    /** Relative paths of the files below a folder that are included and not excluded, sorted. */
    public static List<String> files(Path base, String includes, String excludes, boolean defaultExcludes)
            throws IOException {
        return files(base, includes, excludes, defaultExcludes, true);
    }

    static List<String> files(
            Path base, String includes, String excludes, boolean defaultExcludes, boolean caseSensitive)
            throws IOException {
        int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE;
        AntPattern in = of(includes == null || includes.isBlank() ? "**" : includes, flags);
        AntPattern out = of(excludes, flags);
        AntPattern standard = of(defaultExcludes ? DEFAULT_EXCLUDES : null, flags);
        List<String> found = new ArrayList<>();
        if (!Files.isDirectory(base)) {
            return found;
        }
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = base.relativize(file).toString().replace('\\', '/');
                if (in.matches(path) && !out.matches(path) && !standard.matches(path)) {
                    found.add(path);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }
}
