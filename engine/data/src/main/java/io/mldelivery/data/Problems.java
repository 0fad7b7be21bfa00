package io.mldelivery.data;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns DuckDB's messages, which run over many lines, into one line what and where, and one line what to do. */
final class Problems {
    private static final Pattern CSV_LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern CSV_COUNT = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
    private static final Pattern CSV_CAST =
            Pattern.compile("converting column \"(.*?)\"\\. Could not convert string \"(.*?)\"", Pattern.DOTALL);
    private static final Pattern JSON_LINE = Pattern.compile("in line (\\d+)");

    private Problems() {}

    static DeliveryException data(String what, String advice) {
        return new DeliveryException(Code.DATA, what, advice);
    }

    /** A failure while this source was read. */
    static DeliveryException reading(String source, SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher csv = CSV_LINE.matcher(message);
        if (csv.find()) {
            return csvProblem(source + ":" + csv.group(1), message, e);
        }
        if (message.contains("Malformed JSON")) {
            return jsonProblem(source, message, e);
        }
        if (message.contains("Parquet") || message.contains("parquet")) {
            return new DeliveryException(
                    Code.DATA,
                    source + ": not a complete Parquet file: " + firstLine(message),
                    "The file was cut off or is no Parquet: write or copy it again.",
                    e);
        }
        return query(source, e);
    }

    private static DeliveryException csvProblem(String where, String message, SQLException e) {
        Matcher count = CSV_COUNT.matcher(message);
        if (count.find()) {
            return new DeliveryException(
                    Code.DATA,
                    where + ": the row has " + count.group(2) + " values, the header has " + count.group(1),
                    "Correct this line; a value that holds the separator needs double quotes around it.",
                    e);
        }
        Matcher cast = CSV_CAST.matcher(message);
        if (cast.find()) {
            return new DeliveryException(
                    Code.DATA,
                    where + ": column '" + cast.group(1) + "': '" + cast.group(2) + "' does not fit the column's type",
                    "Correct this value.",
                    e);
        }
        if (message.contains("unterminated quote")) {
            return new DeliveryException(
                    Code.DATA,
                    where + ": a double quote is not closed",
                    "Close the quote on this line, or double it where it is part of the value.",
                    e);
        }
        if (message.contains("not utf-8")) {
            return new DeliveryException(Code.DATA, where + ": not UTF-8 text", "Save the file as UTF-8.", e);
        }
        return new DeliveryException(Code.DATA, where + ": " + detail(message), "Correct this line.", e);
    }

    /** DuckDB's explanation of a CSV error stands behind the copy of the line. */
    private static String detail(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !line.contains("CSV Error") && !line.startsWith("Original Line"))
                .findFirst()
                .orElse("unreadable")
                .strip();
    }

    /** DuckDB counts JSON lines so that the broken one is the line before the number it prints. */
    private static DeliveryException jsonProblem(String source, String message, SQLException e) {
        Matcher line = JSON_LINE.matcher(message);
        String where = line.find() ? source + ":" + Math.max(1, Long.parseLong(line.group(1)) - 1) : source;
        return new DeliveryException(Code.DATA, where + ": not valid JSON", "Each line must hold one JSON object.", e);
    }

    /** A failure of a statement over tables that were read before. */
    static DeliveryException query(String what, SQLException e) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("out of memory")) {
            return new DeliveryException(
                    Code.ENVIRONMENT,
                    what + ": the memory limit does not suffice: " + firstLine(message),
                    "Raise the memory limit, or compare fewer columns at once.",
                    e);
        }
        if (lower.contains("no space left") || lower.contains("failed to offload")) {
            return new DeliveryException(
                    Code.ENVIRONMENT,
                    what + ": no space left for temporary data: " + firstLine(message),
                    "Free disk space, or name another temporary folder.",
                    e);
        }
        return new DeliveryException(
                Code.DATA,
                what + ": " + firstLine(message),
                "Check that the data has the columns and types the question needs.",
                e);
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("").strip();
    }
}
