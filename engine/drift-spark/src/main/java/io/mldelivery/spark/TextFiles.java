package io.mldelivery.spark;

import io.mldelivery.data.CsvHeader;
import io.mldelivery.data.Format;
import io.mldelivery.data.MissingValues;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads delimited text and JSON Lines. Delimited values are read as text and cast to the narrowest type that fits all of
 * them, which takes one pass more; a row that does not fit the header, and broken JSON, are refused. Numbers with a
 * decimal comma and dates in other forms than ISO 8601 stay text.
 */
final class TextFiles {
    private static final String NUMBER =
            "(?i)\\\\s*[+-]?((\\\\d+\\\\.?\\\\d*|\\\\.\\\\d+)(e[+-]?\\\\d+)?|inf|infinity|nan)\\\\s*";
    private static final String DAY = "\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d";

    private TextFiles() {}

    static Dataset<Row> read(SparkSession spark, Source source) {
        if (source.format() == Format.JSON_LINES) {
            return spark.read().option("mode", "FAILFAST").json(source.location());
        }
        CsvHeader header = header(spark, source);
        StructType schema = new StructType();
        for (String name : header.names()) {
            schema = schema.add(name, DataTypes.StringType);
        }
        Dataset<Row> text = spark.read()
                .schema(schema)
                .option("header", true)
                .option("enforceSchema", false)
                .option("mode", "FAILFAST")
                .option("sep", String.valueOf(header.delimiter()))
                .option("quote", "\"")
                .option("escape", "\"")
                .option("nullValue", "")
                .option("multiLine", false)
                .csv(source.location());
        return typed(text, header.names());
    }

    private static CsvHeader header(SparkSession spark, Source source) {
        List<Row> first = spark.read().text(escaped(source.first())).limit(1).collectAsList();
        if (first.isEmpty()) {
            throw new DeliveryException(
                    Code.DATA, source.name() + ": the file is empty", "Write the data again; a table needs a header.");
        }
        return CsvHeader.parse(source.name(), source.format(), first.get(0).getString(0));
    }

    private static String escaped(String path) {
        return path.replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
    }

    private static Dataset<Row> typed(Dataset<Row> text, List<String> names) {
        Object[] missing = MissingValues.NAMES.toArray();
        Dataset<Row> values = text.select(names.stream()
                        .map(name -> column(text, name))
                        .map(column -> functions
                                .when(column.isin(missing), functions.lit(null))
                                .otherwise(column))
                        .map(column -> column.cast(DataTypes.StringType))
                        .toArray(Column[]::new))
                .toDF(IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toArray(String[]::new));
        List<String> types = types(values, names.size());
        return values.select(IntStream.range(0, names.size())
                .mapToObj(i -> functions
                        .expr("CAST(c" + i + " AS " + types.get(i) + ")")
                        .as(names.get(i)))
                .toArray(Column[]::new));
    }

    private static Column column(Dataset<Row> data, String name) {
        return data.col("`" + name.replace("`", "``") + "`");
    }

    private static List<String> types(Dataset<Row> values, int columns) {
        String[] counts = IntStream.range(0, columns)
                .boxed()
                .flatMap(i -> List.of(
                        "count(c" + i + ")",
                        "count_if(c" + i + " RLIKE '^[+-]?\\\\d{1,18}$')",
                        "count_if(c" + i + " RLIKE '^" + NUMBER + "$')",
                        "count_if(c" + i + " RLIKE '^" + DAY + "$' AND try_cast(c" + i + " AS DATE) IS NOT NULL)",
                        "count_if(c" + i + " RLIKE '^" + DAY + "([ T]\\\\d\\\\d?:.*)?$' AND try_cast(c" + i
                                + " AS TIMESTAMP_NTZ) IS NOT NULL)")
                        .stream())
                .toArray(String[]::new);
        Row row = values.selectExpr(counts).first();
        return IntStream.range(0, columns).mapToObj(i -> type(row, 5 * i)).toList();
    }

    private static String type(Row counts, int first) {
        long values = counts.getLong(first);
        List<String> types = List.of("BIGINT", "DOUBLE", "DATE", "TIMESTAMP_NTZ");
        if (values == 0) {
            return "DOUBLE";
        }
        for (int i = 0; i < types.size(); i++) {
            if (counts.getLong(first + 1 + i) == values) {
                return types.get(i);
            }
        }
        return "STRING";
    }
}
