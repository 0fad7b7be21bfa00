package io.mldelivery.spark;

import io.mldelivery.data.Format;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/**
 * Files that make up one table.
 *
 * @param name the source as the user wrote it
 * @param location what Spark is asked for: an address, which can be a folder or hold wildcards
 * @param first one of the files
 */
record Source(String name, Format format, String location, String first) {
    private static final String ADDRESS = "[a-zA-Z][a-zA-Z0-9+.-]*:/.*";

    /** Whether a source is an address ({@code s3a://…}) and no path on this machine. */
    static boolean isAddress(String name) {
        return name.matches(ADDRESS);
    }

    static Source resolve(SparkSession spark, java.nio.file.Path folder, String name) {
        if (name.isBlank()) {
            throw data("no data is named", "Name a file, a folder, a pattern or an address.");
        }
        String location = isAddress(name) ? name : local(folder, name);
        try {
            var path = new Path(location);
            FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
            FileStatus[] found = files.globStatus(path);
            if (found == null || found.length == 0) {
                throw data(
                        name + ": there is no such file", "Check the path; the driver and all executors must see it.");
            }
            return of(name, location, files, found);
        } catch (FileNotFoundException e) {
            throw data(name + ": there is no such file", "Check the path; the driver and all executors must see it.");
        } catch (DeliveryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    name + ": cannot be reached: " + Problems.line(e),
                    "Give Spark the connector and credentials for this address (--conf spark.hadoop.fs…).",
                    e);
        }
    }

    /** Wildcards in the name of a file that exists are meant literally. */
    private static String local(java.nio.file.Path folder, String name) {
        String base = folder.toAbsolutePath().normalize().toString();
        boolean exists;
        try {
            exists = Files.exists(folder.resolve(name));
        } catch (InvalidPathException e) {
            exists = false;
        }
        String pattern = exists ? escaped(name) : name;
        return "file://" + (name.startsWith("/") ? pattern : escaped(base) + "/" + pattern);
    }

    private static String escaped(String path) {
        return path.replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
    }

    private static Source of(String name, String location, FileSystem files, FileStatus[] found) throws IOException {
        String first = null;
        Format format = null;
        for (FileStatus status : found) {
            Optional<FileStatus> file = status.isFile() ? Optional.of(status) : firstIn(files, status.getPath());
            Optional<Format> own = file.flatMap(data -> Format.of(data.getPath().getName()));
            if (file.isPresent() && file.get().getLen() == 0 && found.length == 1) {
                throw data(name + ": the file is empty", "Write the data again; a table needs a header.");
            }
            if (own.isPresent() && format != null && own.get() != format) {
                throw data(name + ": files of several formats", "Name a pattern that matches one format only.");
            }
            if (format == null && own.isPresent()) {
                format = own.get();
                first = file.get().getPath().toString();
            }
        }
        if (format == null) {
            throw data(
                    name + ": the format is not known from the file's name",
                    "Name it .parquet, .csv, .tsv or .jsonl (.gz behind the last three is fine).");
        }
        return new Source(name, format, location, first);
    }

    private static Optional<FileStatus> firstIn(FileSystem files, Path folder) throws IOException {
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
        while (all.hasNext()) {
            FileStatus next = all.next();
            String name = next.getPath().getName();
            if (!name.startsWith(".")
                    && !name.startsWith("_")
                    && Format.of(name).isPresent()) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private static DeliveryException data(String what, String advice) {
        return new DeliveryException(Code.DATA, what, advice);
    }
}
