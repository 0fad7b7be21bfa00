package io.mldelivery.runner.steps.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why a pattern matches nothing: how far it goes along existing files. */
final class MissedPattern {
    private final Path folder;
    private final boolean caseSensitive;

    MissedPattern(Path folder, boolean caseSensitive) {
        this.folder = folder;
        this.caseSensitive = caseSensitive;
    }

    /** One sentence about the first of the patterns, separated by commas, that matches nothing. */
    String explain(String patterns) throws IOException {
        for (String pattern : patterns.split(",")) {
            String one = pattern.strip();
            if (!matches(one, caseSensitive)) {
                return "‘" + one + "’ doesn’t match anything" + reason(one);
            }
        }
        return "‘" + patterns + "’ doesn’t match anything but excluded files";
    }

    private String reason(String pattern) throws IOException {
        if (caseSensitive && matches(pattern, false)) {
            return " because it is treated case sensitively. You can deactivate case sensitivity to get matches";
        }
        for (int slash = pattern.indexOf('/'); slash >= 0; slash = pattern.indexOf('/', slash + 1)) {
            String rest = pattern.substring(slash + 1);
            if (matches(rest, caseSensitive)) {
                return ", but ‘" + rest + "’ does. Perhaps that’s what you mean?";
            }
        }
        return portion(pattern);
    }

    private String portion(String pattern) throws IOException {
        int slash = pattern.indexOf('/');
        if (slash < 0) {
            return "";
        }
        String start = pattern.substring(0, slash);
        return exists(start)
                ? ": ‘" + start + "’ exists but not ‘" + pattern + "’"
                : ": even ‘" + start + "’ doesn’t exist";
    }

    private boolean exists(String name) throws IOException {
        boolean literal = name.indexOf('*') < 0 && name.indexOf('?') < 0;
        return literal ? Files.exists(folder.resolve(name)) : matches(name + "/**", caseSensitive);
    }

    private boolean matches(String pattern, boolean exactCase) throws IOException {
        return !AntPattern.files(folder, pattern, null, false, exactCase).isEmpty();
    }
}
