package io.mldelivery.spark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Pairs of tables, a reference and a current one, in Parquet. Everything about set i follows from i: sizes, columns, which of
 * them changed and by how much, missing and infinite values.
 */
final class GeneratedSets {
    private final Path folder;

    GeneratedSets(Path folder) {
        this.folder = folder;
    }

    /** Writes the sets from 0 to {@code count} - 1 as {@code r<i>.parquet} and {@code c<i>.parquet}. */
    void write(int count) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            for (int i = 0; i < count; i++) {
                statement.execute(copy("r" + i, rows(i, 0), 2 * i, 0, 0));
                statement.execute(copy("c" + i, rows(i, 1), 2 * i + 1, i % 4, i % 5 == 4 ? 0.3 : 0.02));
            }
        }
    }

    static int rows(int set, int side) {
        return 120 + 37 * ((set * 7 + side * 11) % 40);
    }

    /** {@code change} 0 changes nothing, 1 the numbers, 2 the categories, 3 both. */
    private String copy(String name, int rows, int seed, int change, double missing) {
        double shift = change % 2 == 1 ? 0.2 + 0.1 * (seed % 9) : 0;
        double tilt = change >= 2 ? 0.25 : 0;
        String normal = "sqrt(-2 * ln(" + uniform(seed, 1) + ")) * cos(2 * pi() * " + uniform(seed, 2) + ")";
        return "COPY (SELECT " + normal + " + " + shift + " AS x,"
                + " CASE WHEN " + uniform(seed, 3) + " < " + missing + " THEN NULL ELSE exp(1.5 * " + normal
                + ") END AS skewed,"
                + " (round(2 * (" + normal + " + " + shift + ")) / 2)::FLOAT AS ties,"
                + " (" + uniform(seed, 4) + " < " + (0.2 + tilt) + ")::INTEGER AS truth,"
                + " (10 * " + uniform(seed, 5) + ")::SMALLINT AS digit,"
                + " (" + uniform(seed, 6) + " < 0.5) AS flag,"
                + " 'c' || (pow(" + uniform(seed, 7) + ", " + (3 + 8 * tilt) + ") * 30)::INTEGER AS category,"
                + " 'word ' || repeat('more ', (6 * " + uniform(seed, 8) + ")::INTEGER) || (i % 100) AS sentence,"
                + " (100 * " + uniform(seed, 9) + ")::DECIMAL(9,2) AS price,"
                + " TIMESTAMP '2026-01-01' + to_seconds(i * 61) AS happened,"
                + " CASE WHEN i = 7 AND " + (seed % 6) + " = 1 THEN 'inf'::DOUBLE ELSE " + uniform(seed, 10)
                + " END AS rare"
                + " FROM range(" + rows + ") t(i)) TO '" + folder.resolve(name + ".parquet") + "' (FORMAT parquet)";
    }

    /** A number above 0 and below 1 for row i. */
    private static String uniform(int seed, int column) {
        return "((hash(i, " + seed + ", " + column + ") % 1000003 + 1) / 1000005.0)";
    }
}
