package io.mldelivery.drift.duckdb;

import io.mldelivery.data.Column;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.policy.Season;
import io.mldelivery.drift.policy.Window;
import io.mldelivery.drift.statistics.CategoryPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables in a DuckDB of their own. */
final class DuckDbData implements DriftData {
    private static final long MEBIBYTE = 1L << 20;

    private final Tables tables;
    private final long memoryBytes;
    private final Map<String, DuckDbFrame> read = new HashMap<>();

    DuckDbData(Tables tables, long memoryBytes) {
        this.tables = tables;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public Frame read(String source) {
        return read.computeIfAbsent(source, name -> new DuckDbFrame(tables, tables.read(name)));
    }

    @Override
    public Frame window(Frame current, Window window) {
        var frame = (DuckDbFrame) current;
        return new DuckDbFrame(tables, new Cut(tables).window(frame.table(), window));
    }

    @Override
    public Frame season(Frame reference, Frame current, Season season) {
        var before = (DuckDbFrame) reference;
        var now = (DuckDbFrame) current;
        return new DuckDbFrame(tables, new Cut(tables).season(before.table(), now.table(), season));
    }

    @Override
    public List<CategoryPair> categories(List<Column> columns, Frame reference, Frame current) {
        var before = (DuckDbFrame) reference;
        var now = (DuckDbFrame) current;
        var reader = new CategoryReader(tables, before.table(), now.table());
        return columns.stream().map(reader::count).toList();
    }

    @Override
    public List<String> notes() {
        long spilled = tables.spilledBytes();
        return spilled == 0
                ? List.of()
                : List.of((spilled + MEBIBYTE - 1) / MEBIBYTE
                        + " MiB lie in temporary files, because the memory limit is " + memoryBytes / MEBIBYTE
                        + " MiB");
    }

    @Override
    public void close() {
        tables.close();
    }
}
