package io.mldelivery.data;

import java.util.List;

/** What stands for a missing value in delimited text: pandas' list, so that both read the same file alike. */
public final class MissingValues {
    /** The texts, as they stand between delimiters. */
    public static final List<String> NAMES = List.of(
            "",
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null");

    private MissingValues() {}
}
