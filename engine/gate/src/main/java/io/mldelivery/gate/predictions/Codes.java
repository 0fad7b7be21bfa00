package io.mldelivery.gate.predictions;

import io.mldelivery.gate.predictions.EvaluationSet.SliceColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the texts of a column in the order in which they come. */
final class Codes {
    private static final int MOST = 1000;

    private final int[] codes;
    private final String name;
    private final Source source;
    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    Codes(int rows, String name, Source source) {
        this.codes = new int[rows];
        this.name = name;
        this.source = source;
    }

    /** Absent text means that the row is in no slice. */
    void put(int index, String text) {
        codes[index] = text == null ? -1 : known.computeIfAbsent(text, this::add);
    }

    private int add(String text) {
        if (values.size() == MOST) {
            throw source.problem(
                    "the slice '" + name + "' has more than " + MOST + " values",
                    "Slice by a column with fewer values, or by a condition ('where:').");
        }
        values.add(text);
        return values.size() - 1;
    }

    int[] codes() {
        return codes;
    }

    SliceColumn toColumn() {
        return new SliceColumn(name, codes, List.copyOf(values));
    }
}
