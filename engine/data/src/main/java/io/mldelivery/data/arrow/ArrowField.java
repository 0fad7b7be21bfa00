package io.mldelivery.data.arrow;

import io.mldelivery.data.append.ValueType;
import java.util.List;
import java.util.OptionalLong;

/**
 * A column, or a part of a nested one, as a schema describes it.
 *
 * @param width bits of whole numbers and decimals, bytes of binaries of fixed size, elements of lists of fixed size
 * @param unit precision of a floating number (0 half, 1 single, 2 double), or of a point in time (0 s, 1 ms, 2 µs, 3 ns), of a
 *     date (0 day, 1 ms), digits behind the point of a decimal, mode of a union (0 sparse, 1 dense)
 * @param dictionary which dictionary the values are positions in
 */
record ArrowField(
        String name,
        Kind kind,
        int width,
        boolean signed,
        int unit,
        List<ArrowField> children,
        OptionalLong dictionary,
        int positionBits) {
    private static final int MOST_DEPTH = 64;

    /** The types in the order of the format's numbers, which start at 1. */
    enum Kind {
        NULL,
        INT,
        FLOAT,
        BINARY,
        UTF8,
        BOOL,
        DECIMAL,
        DATE,
        TIME,
        TIMESTAMP,
        INTERVAL,
        LIST,
        STRUCT,
        UNION,
        FIXED_BINARY,
        FIXED_LIST,
        MAP,
        DURATION,
        LARGE_BINARY,
        LARGE_UTF8,
        LARGE_LIST,
        RUN_END_ENCODED,
        BINARY_VIEW,
        UTF8_VIEW,
        LIST_VIEW,
        LARGE_LIST_VIEW
    }

    static List<ArrowField> list(List<FlatTable> fields) {
        return list(fields, 0);
    }

    private static List<ArrowField> list(List<FlatTable> fields, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("types are nested more than " + MOST_DEPTH + " times");
        }
        return fields.stream().map(field -> of(field, depth)).toList();
    }

    private static ArrowField of(FlatTable field, int depth) {
        int number = field.byteAt(2, 0);
        if (number < 1 || number > Kind.values().length) {
            throw new IllegalArgumentException("column '" + field.textAt(0) + "' is of a type that is not known");
        }
        Kind kind = Kind.values()[number - 1];
        FlatTable type = field.tableAt(3).orElseThrow(() -> new IllegalArgumentException("a type is missing"));
        var dictionary = field.tableAt(4);
        return new ArrowField(
                field.textAt(0),
                kind,
                width(kind, type),
                kind == Kind.INT && type.byteAt(1, 0) != 0,
                unit(kind, type),
                list(field.tablesAt(5), depth + 1),
                dictionary.map(found -> OptionalLong.of(found.longAt(0, 0))).orElse(OptionalLong.empty()),
                dictionary
                        .flatMap(found -> found.tableAt(1))
                        .map(index -> index.intAt(0, 32))
                        .orElse(32));
    }

    private static int width(Kind kind, FlatTable type) {
        return switch (kind) {
            case INT, FIXED_BINARY, FIXED_LIST -> type.intAt(0, 0);
            case DECIMAL -> type.intAt(2, 128);
            case TIME -> type.intAt(1, 32);
            default -> 0;
        };
    }

    private static int unit(Kind kind, FlatTable type) {
        return switch (kind) {
            case FLOAT, TIMESTAMP, UNION -> type.shortAt(0, 0);
            case DATE, TIME -> type.shortAt(0, 1);
            case DECIMAL -> type.intAt(1, 0);
            default -> 0;
        };
    }

    /** What the column becomes. */
    ValueType valueType() {
        return switch (kind) {
            case INT -> width < 64 || signed ? ValueType.WHOLE : ValueType.NUMBER;
            case NULL, FLOAT, DECIMAL -> ValueType.NUMBER;
            case BOOL -> ValueType.TRUTH;
            case UTF8, LARGE_UTF8, UTF8_VIEW -> ValueType.TEXT;
            case DATE -> ValueType.DAY;
            case TIMESTAMP -> ValueType.MOMENT;
            case LIST, LARGE_LIST, FIXED_LIST -> isNumber(children.get(0)) ? ValueType.NUMBERS : ValueType.UNREAD;
            case BINARY,
                    TIME,
                    INTERVAL,
                    STRUCT,
                    UNION,
                    FIXED_BINARY,
                    MAP,
                    DURATION,
                    LARGE_BINARY,
                    RUN_END_ENCODED,
                    BINARY_VIEW,
                    LIST_VIEW,
                    LARGE_LIST_VIEW -> ValueType.UNREAD;
        };
    }

    private static boolean isNumber(ArrowField field) {
        return field.dictionary.isEmpty() && (field.kind == Kind.FLOAT || field.kind == Kind.INT);
    }
}
