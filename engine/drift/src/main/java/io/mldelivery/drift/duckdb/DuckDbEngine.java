package io.mldelivery.drift.duckdb;

import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.DriftEngine;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** DuckDB in this process: reads files where they lie, on one machine, within a limit of memory. */
public final class DuckDbEngine implements DriftEngine {
    private final TableOptions options;

    public DuckDbEngine(TableOptions options) {
        this.options = options;
    }

    @Override
    public DriftData open(long brokenRows, String... sources) {
        TableOptions own = brokenRows > 0 ? options.withBrokenRows(brokenRows) : options;
        return new DuckDbData(Tables.open(own, sources), options.memoryBytes());
    }

    @Override
    public Optional<Path> file(String source) {
        try {
            return Optional.of(options.folder().resolve(source)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty(); // no name of a file: a pattern or an address, which the reader judges
        }
    }
}
