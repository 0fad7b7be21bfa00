package io.mldelivery.drift.duckdb;

import io.mldelivery.data.BrokenRows;
import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.Levels;
import io.mldelivery.drift.engine.Summary;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.drift.rows.RowSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table of {@link Tables}, asked by SQL. */
final class DuckDbFrame implements Frame {
    private final Tables tables;
    private final Table table;

    DuckDbFrame(Tables tables, Table table) {
        this.tables = tables;
        this.table = table;
    }

    Table table() {
        return table;
    }

    @Override
    public String source() {
        return table.source();
    }

    @Override
    public long rows() {
        return table.rows();
    }

    @Override
    public List<Column> columns() {
        return table.columns();
    }

    @Override
    public BrokenRows broken() {
        return table.broken();
    }

    @Override
    public boolean isEmpty(Column column) {
        return tables.query("SELECT count(" + column.sql() + ") FROM " + table.sql(), row -> row.integer(1))
                        .get(0)
                == 0;
    }

    @Override
    public int columnsAtOnce(long values) {
        return NumericReader.columnsAtOnce(table, values);
    }

    @Override
    public List<Values> numbers(List<Column> columns, Sampling sampling) {
        return new NumericReader(tables, table, sampling).read(columns);
    }

    @Override
    public List<Summary> summaries(List<Column> columns) {
        return numbers(columns, new Sampling(Sampling.ALL, 0)).stream()
                .map(Summary::of)
                .toList();
    }

    @Override
    public List<Levels> levels(List<Column> columns, int most) {
        return columns.stream().map(column -> levels(column, most)).toList();
    }

    private Levels levels(Column column, int most) {
        Map<String, Long> counts = new LinkedHashMap<>();
        long[] totals = new long[2];
        String grouped = "SELECT CAST(" + column.sql() + " AS VARCHAR) AS v, count(*) AS n FROM " + table.sql()
                + " WHERE " + column.sql() + " IS NOT NULL GROUP BY 1";
        String sql = "SELECT v, n, count(*) OVER (), (sum(n) OVER ())::BIGINT FROM (" + grouped
                + ") ORDER BY n DESC, v LIMIT " + most;
        tables.each(sql, row -> {
            counts.put(row.text(1), row.integer(2));
            totals[0] = row.integer(3);
            totals[1] = row.integer(4);
        });
        return new Levels(counts, totals[0], totals[1]);
    }

    @Override
    public RowSample sample(List<Column> columns, long about, long seed) {
        RowSample.Rows rows = RowSample.of(columns);
        if (columns.isEmpty()) {
            return rows.sample();
        }
        String selected = columns.stream().map(DuckDbFrame::expression).collect(Collectors.joining(", "));
        tables.each("SELECT " + selected + " FROM " + table.sampled(about, seed), row -> {
            for (int i = 0; i < columns.size(); i++) {
                if (RowSample.isNumber(columns.get(i))) {
                    rows.add(i, row.number(i + 1));
                } else {
                    rows.add(i, row.text(i + 1));
                }
            }
            rows.next();
        });
        return rows.sample();
    }

    private static String expression(Column column) {
        return "CAST(" + column.sql() + " AS " + (RowSample.isNumber(column) ? "DOUBLE" : "VARCHAR") + ")";
    }

    @Override
    public double[][] vectors(List<Column> columns, long about, long seed) {
        String list = columns.size() == 1 && columns.get(0).kind() == ColumnKind.OTHER
                ? columns.get(0).sql()
                : columns.stream().map(Column::sql).collect(Collectors.joining(", ", "[", "]"));
        List<double[]> rows = new ArrayList<>();
        tables.each(
                "SELECT v FROM (SELECT CAST(" + list + " AS DOUBLE[]) AS v FROM " + table.sampled(about, seed)
                        + ") WHERE v IS NOT NULL AND len(v) > 0 AND len(list_filter(v, lambda x: x IS NULL)) = 0",
                row -> rows.add(row.numbers(1)));
        return rows.toArray(double[][]::new);
    }
}
