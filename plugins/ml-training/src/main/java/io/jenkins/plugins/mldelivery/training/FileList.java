package io.jenkins.plugins.mldelivery.training;

import java.util.ArrayList;
import java.util.Collection;

/** Reads an argument that is a text ({@code 'a, b'}, also one a line) or a list of texts. */
final class FileList {
    private FileList() {}

    static ArrayList<String> of(String argument, Object value) {
        ArrayList<String> patterns = new ArrayList<>();
        if (value instanceof Collection<?> several) {
            several.forEach(each -> patterns.addAll(of(argument, each)));
        } else if (value instanceof CharSequence) {
            for (String pattern : value.toString().split("[,\\n]")) {
                if (!pattern.isBlank()) {
                    patterns.add(pattern.strip());
                }
            }
        } else if (value != null) {
            throw new IllegalArgumentException(argument + ": expected a text or a list of texts, got "
                    + value.getClass().getSimpleName());
        }
        return patterns;
    }
}
