package io.mldelivery.drift.policy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which columns are compared. Names may hold {@code *}, which stands for any characters.
 *
 * @param include empty means all
 */
public record Selection(List<String> include, List<String> exclude) {
    /** All columns. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    public Selection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public boolean takes(String column) {
        boolean included = include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, column));
        return included && exclude.stream().noneMatch(pattern -> matches(pattern, column));
    }

    /** The included names without {@code *}: columns that must exist. */
    public List<String> required() {
        return include.stream().filter(name -> !name.contains("*")).toList();
    }

    private static boolean matches(String pattern, String column) {
        String expression = Pattern.compile("\\*")
                .splitAsStream(pattern + "\0")
                .map(part -> Pattern.quote(part.replace("\0", "")))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(column).matches();
    }
}
