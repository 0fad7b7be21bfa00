package io.mldelivery.spark;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/** Describes a table's columns as the product does everywhere: types by DuckDB's names, kinds by the same rules. */
final class Schemas {
    private static final Map<DataType, String> NAMES = Map.ofEntries(
            Map.entry(DataTypes.ByteType, "TINYINT"),
            Map.entry(DataTypes.ShortType, "SMALLINT"),
            Map.entry(DataTypes.IntegerType, "INTEGER"),
            Map.entry(DataTypes.LongType, "BIGINT"),
            Map.entry(DataTypes.FloatType, "FLOAT"),
            Map.entry(DataTypes.DoubleType, "DOUBLE"),
            Map.entry(DataTypes.BooleanType, "BOOLEAN"),
            Map.entry(DataTypes.StringType, "VARCHAR"),
            Map.entry(DataTypes.DateType, "DATE"),
            Map.entry(DataTypes.TimestampType, "TIMESTAMP WITH TIME ZONE"),
            Map.entry(DataTypes.TimestampNTZType, "TIMESTAMP"));

    private Schemas() {}

    static List<Column> columns(String source, Dataset<Row> data) {
        List<Column> columns =
                Stream.of(data.schema().fields()).map(Schemas::column).toList();
        refuseDuplicates(source, columns);
        Set<String> texts = texts(data, columns);
        return columns.stream()
                .map(column -> texts.contains(column.name())
                        ? new Column(column.name(), ColumnKind.TEXT, column.type())
                        : column)
                .toList();
    }

    private static Column column(StructField field) {
        DataType type = field.dataType();
        String name = type instanceof DecimalType decimal
                ? "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")"
                : NAMES.getOrDefault(type, type.simpleString().toUpperCase(Locale.ROOT));
        return new Column(field.name(), ColumnKind.of(name), name);
    }

    private static void refuseDuplicates(String source, List<Column> columns) {
        Map<String, String> seen = new HashMap<>();
        for (Column column : columns) {
            String other = seen.put(column.name().toLowerCase(Locale.ROOT), column.name());
            if (other != null) {
                throw new DeliveryException(
                        Code.DATA,
                        source + ": two columns are called '" + other + "'"
                                + (other.equals(column.name())
                                        ? ""
                                        : " and '" + column.name() + "' (case does not count)"),
                        "Rename or remove one of them.");
            }
        }
    }

    private static Set<String> texts(Dataset<Row> data, List<Column> columns) {
        List<Column> candidates = columns.stream()
                .filter(column -> column.type().equals("VARCHAR"))
                .toList();
        if (candidates.isEmpty()) {
            return Set.of();
        }
        List<Words> words = candidates.stream().map(column -> new Words()).toList();
        data.select(candidates.stream()
                        .map(column -> data.col(SparkFrame.quoted(column)))
                        .toArray(org.apache.spark.sql.Column[]::new))
                .limit(ColumnKind.ROWS_LOOKED_AT)
                .collectAsList()
                .forEach(row -> {
                    for (int i = 0; i < words.size(); i++) {
                        words.get(i).add(row.getString(i));
                    }
                });
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).areText()) {
                texts.add(candidates.get(i).name());
            }
        }
        return texts;
    }

    private static final class Words {
        private final List<String> values = new ArrayList<>();

        void add(String value) {
            if (value != null) {
                values.add(value);
            }
        }

        boolean areText() {
            double words = values.stream()
                    .mapToInt(value -> value.split(" ", -1).length)
                    .average()
                    .orElse(0);
            return ColumnKind.isText(values.size(), new HashSet<>(values).size(), words);
        }
    }
}
