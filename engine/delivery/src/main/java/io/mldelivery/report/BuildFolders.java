package io.mldelivery.report;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds the evidence of builds under a home folder laid out as Jenkins does: {@code jobs/NAME/builds/NUMBER}, with
 * folders of jobs as {@code jobs/FOLDER/jobs/NAME}, or {@code builds/NUMBER} for a home of one job.
 */
public final class BuildFolders {
    private static final String EVIDENCE = "evidence.jsonl";

    private final Path home;

    public BuildFolders(Path home) {
        this.home = home;
    }

    /**
     * The evidence file of the build with this number, or of the build that was written to last.
     *
     * @param job the job's name; when absent, every job is looked at
     * @param number the build's number; when absent, the newest
     */
    public Path evidence(Optional<String> job, OptionalInt number) {
        return all().stream()
                .filter(file -> job.isEmpty() || job.get().equals(job(file)))
                .filter(file -> number.isEmpty() || build(file).equals(String.valueOf(number.getAsInt())))
                .max(Comparator.comparing(BuildFolders::writtenAt))
                .orElseThrow(() -> nothing(job, number));
    }

    /** The evidence files of all builds of a job, in no order. */
    public List<Path> evidence(String job) {
        return all().stream().filter(file -> job.equals(job(file))).toList();
    }

    private DeliveryException nothing(Optional<String> job, OptionalInt number) {
        String which = number.isPresent() ? "build " + number.getAsInt() : "a build";
        String of = job.map(name -> " of job " + name).orElse("");
        return new DeliveryException(
                Code.CONFIG,
                home + ": there is no evidence of " + which + of,
                "Name the folder of 'mldelivery run' with --home, and a build that ran a delivery step.");
    }

    /** The evidence files of all builds of all jobs, in no order. */
    public List<Path> all() {
        List<Path> found = new ArrayList<>();
        collect(home, found);
        return found;
    }

    private static void collect(Path folder, List<Path> found) {
        children(folder.resolve("builds"))
                .map(build -> build.resolve(EVIDENCE))
                .filter(Files::isRegularFile)
                .forEach(found::add);
        children(folder.resolve("jobs")).forEach(job -> collect(job, found));
    }

    private static Stream<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !Files.isSymbolicLink(child)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static String build(Path evidence) {
        return evidence.getParent().getFileName().toString();
    }

    private static String job(Path evidence) {
        Path folder =
                evidence.toAbsolutePath().normalize().getParent().getParent().getParent();
        return folder.getFileName().toString();
    }

    private static FileTime writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the time of " + file, e);
        }
    }
}
