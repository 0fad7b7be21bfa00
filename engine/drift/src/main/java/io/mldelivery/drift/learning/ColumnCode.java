package io.mldelivery.drift.learning;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.rows.RowSample;
import java.util.Arrays;
import java.util.List;

/**
 * How the values of a column become numbers for trees: numbers stay, texts give their length, categories their rank by
 * how often they occurred where the code was learnt.
 *
 * @param words the categories in the order of their ranks; empty for other kinds
 */
public record ColumnCode(String name, ColumnKind kind, List<String> words) {
    public ColumnCode {
        words = List.copyOf(words);
    }

    /** Learns the code of a column from these samples; categories beyond {@code most} share one number. */
    public static ColumnCode of(Column column, int most, RowSample... samples) {
        if (column.kind() != ColumnKind.CATEGORICAL) {
            return new ColumnCode(column.name(), column.kind(), List.of());
        }
        List<String> words = Encoding.of(Arrays.stream(samples)
                        .map(sample -> sample.words().get(column.name()))
                        .toArray(String[][]::new))
                .words();
        return new ColumnCode(column.name(), column.kind(), words.subList(0, Math.min(most, words.size())));
    }

    /** The numbers of a sample's rows, NaN where a value is missing. */
    public double[] encode(RowSample sample) {
        return switch (kind) {
            case NUMERIC -> sample.numbers().get(name);
            case CATEGORICAL -> Encoding.ofRanked(words).encode(sample.words().get(name));
            default -> lengths(sample.words().get(name));
        };
    }

    private static double[] lengths(String[] texts) {
        return Arrays.stream(texts)
                .mapToDouble(text -> text == null ? Double.NaN : text.length())
                .toArray();
    }
}
