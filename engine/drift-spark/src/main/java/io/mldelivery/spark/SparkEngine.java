package io.mldelivery.spark;

import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.engine.DriftEngine;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Apache Spark: reads what the cluster can reach and counts where the data is; only counts and drawn values come to the
 * driver. The session is the caller's and stays open; its time zone, which decides about days and hours, should be UTC.
 */
public final class SparkEngine implements DriftEngine {
    private final SparkSession spark;
    private final Path folder;

    /** {@code folder} is where sources that are neither absolute nor addresses start from. */
    public SparkEngine(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Override
    public DriftData open(long brokenRows, String... sources) {
        if (brokenRows > 0) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "brokenRows: " + brokenRows + ": Spark reads text strictly and does not count broken rows",
                    "Correct the files, write them as Parquet, or check them with the engine duckdb.");
        }
        SparkData data = new SparkData(spark);
        for (String source : sources) {
            data.declare(Source.resolve(spark, folder, source));
        }
        return data;
    }

    @Override
    public Optional<Path> file(String source) {
        try {
            return Source.isAddress(source)
                    ? Optional.empty()
                    : Optional.of(folder.resolve(source)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty(); // no name of a file: a pattern, which the reader judges
        }
    }
}
