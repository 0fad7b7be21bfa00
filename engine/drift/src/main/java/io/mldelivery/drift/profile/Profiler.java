package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.engine.Levels;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.engine.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Summarizes a table over all rows, some columns at a time. */
public final class Profiler {
    private final Frame table;

    public Profiler(Frame table) {
        this.table = table;
    }

    /** Summarizes every column that can be compared; nested columns are left out. */
    public Profile profile() {
        List<Column> columns = table.columns().stream()
                .filter(column -> column.kind() != ColumnKind.OTHER)
                .toList();
        Map<String, ColumnProfile> profiles = new HashMap<>();
        numeric(columns, profiles);
        categorical(columns, profiles);
        return new Profile(
                table.source(),
                table.rows(),
                columns.stream().map(column -> profiles.get(column.name())).toList(),
                Optional.empty());
    }

    private void numeric(List<Column> columns, Map<String, ColumnProfile> profiles) {
        List<Column> numbers = columns.stream()
                .filter(column -> column.kind() != ColumnKind.CATEGORICAL)
                .toList();
        int batch = table.columnsAtOnce(table.rows());
        for (int from = 0; from < numbers.size(); from += batch) {
            List<Column> some = numbers.subList(from, Math.min(numbers.size(), from + batch));
            List<Summary> summaries = table.summaries(some);
            for (int i = 0; i < some.size(); i++) {
                Summary found = summaries.get(i);
                profiles.put(
                        some.get(i).name(),
                        new NumericProfile(
                                some.get(i), found.side(), found.distinct(), found.moments(), found.marks()));
            }
        }
    }

    private void categorical(List<Column> columns, Map<String, ColumnProfile> profiles) {
        List<Column> categories = columns.stream()
                .filter(column -> column.kind() == ColumnKind.CATEGORICAL)
                .toList();
        List<Levels> levels = table.levels(categories, CategoryProfile.MOST_LEVELS);
        for (int i = 0; i < categories.size(); i++) {
            profiles.put(categories.get(i).name(), categorical(categories.get(i), levels.get(i)));
        }
    }

    private ColumnProfile categorical(Column column, Levels levels) {
        long kept = levels.counts().values().stream().mapToLong(Long::longValue).sum();
        return new CategoryProfile(
                column,
                new Side(table.rows() - levels.values(), 0, levels.values()),
                levels.counts(),
                levels.all() - levels.counts().size(),
                levels.values() - kept);
    }
}
