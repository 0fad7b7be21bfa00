package io.mldelivery.data;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes what comes from outside, so that it can stand in a statement without being read as SQL. */
public final class Sql {
    private Sql() {}

    /** A name in double quotes. */
    public static String identifier(String name) {
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    /** A text in single quotes. */
    public static String literal(String text) {
        return '\'' + withoutNul(text).replace("'", "''") + '\'';
    }

    /** A list of texts, such as {@code ['a','b']}. */
    public static String list(Collection<String> texts) {
        return texts.stream().map(Sql::literal).collect(Collectors.joining(",", "[", "]"));
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Problems.data("a name holds the character NUL", "Rename the file or column.");
        }
        return text;
    }
}
