package io.mldelivery.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first line of a delimited file.
 *
 * @param delimiter what separates the values
 * @param names the columns' names; one that is empty in the file is called {@code column<number>}
 */
public record CsvHeader(char delimiter, List<String> names) {
    private static final String DELIMITERS = ",;\t|";

    /**
     * Reads the line.
     *
     * @throws io.mldelivery.model.DeliveryException when a quote is not closed or two columns have one name
     */
    public static CsvHeader parse(String source, Format format, String line) {
        String header = line.startsWith("\uFEFF") ? line.substring(1) : line;
        char delimiter = format == Format.TSV ? '\t' : delimiterOf(header);
        List<String> names = split(source, header, delimiter);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isBlank()) {
                names.set(i, "column" + (i + 1));
            }
        }
        refuseDuplicates(source, names);
        return new CsvHeader(delimiter, List.copyOf(names));
    }

    /** The separator that stands most often outside of quotes; the comma when none does. */
    private static char delimiterOf(String header) {
        String bare = header.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        long most = 0;
        for (char candidate : DELIMITERS.toCharArray()) {
            long count = bare.chars().filter(c -> c == candidate).count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    private static List<String> split(String source, String header, char delimiter) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"' && quoted && i + 1 < header.length() && header.charAt(i + 1) == '"') {
                name.append(header.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                names.add(name.toString());
                name.setLength(0);
            } else if (c != '\r' || quoted) {
                name.append(c);
            }
        }
        if (quoted) {
            throw Problems.data(source + ":1: a double quote in the header is not closed", "Close the quote.");
        }
        names.add(name.toString());
        return names;
    }

    /** DuckDB's names are the same when they differ in case only, so such columns could not be told apart. */
    static void refuseDuplicates(String source, List<String> names) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String name : names) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw Problems.data(
                        source + ": two columns are called '" + other + "'"
                                + (other.equals(name) ? "" : " and '" + name + "' (case does not count)"),
                        "Rename or remove one of them.");
            }
        }
    }
}
