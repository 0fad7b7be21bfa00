package io.mldelivery.drift.submit;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A program of the Spark engine's jar, run by an installed Spark's {@code spark-submit}. The driver runs on this machine
 * (client mode), so it sees files of this machine and writes reports here.
 *
 * @param home the folder of a Spark installation
 * @param jar the Spark engine's jar
 * @param master where the executors run, as Spark names it; empty for what the installation is configured for
 * @param configuration further settings of Spark, such as {@code spark.executor.memory}
 */
public record SparkSubmission(Path home, Path jar, Optional<String> master, Map<String, String> configuration) {
    /** Names the folder of a Spark installation. */
    public static final String HOME = "SPARK_HOME";
    /** Names the Spark engine's jar. */
    public static final String JAR = "MLDELIVERY_SPARK_JAR";

    private static final String MAIN = "io.mldelivery.spark.DriftOnSpark";

    public SparkSubmission {
        configuration = Map.copyOf(configuration);
    }

    /**
     * Finds installation and jar.
     *
     * @param home the installation's folder; else {@value #HOME} of the environment names it
     * @param jar the engine's jar; else {@value #JAR} of the environment names it
     * @throws DeliveryException when either is not there
     */
    public static SparkSubmission find(
            Optional<Path> home,
            Optional<Path> jar,
            Map<String, String> environment,
            Optional<String> master,
            Map<String, String> configuration) {
        Path spark = home.or(() -> named(environment, HOME))
                .orElseThrow(() -> problem(
                        "no Spark installation is named",
                        "Install Apache Spark 4 and name its folder: --spark-home, or " + HOME
                                + " in the environment."));
        Path submit = spark.resolve("bin/spark-submit");
        if (!Files.isExecutable(submit)) {
            throw problem(
                    submit + ": there is no such program",
                    "Name the folder of an Apache Spark 4 installation, the one that holds bin/spark-submit.");
        }
        Path engine = jar.or(() -> named(environment, JAR))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> problem(
                        jar.or(() -> named(environment, JAR))
                                .map(path -> path + ": there is no such file")
                                .orElse("the Spark engine's jar is not built"),
                        "Build it (mvn -pl engine/drift-spark -am package), or name mldelivery-drift-spark.jar: " + JAR
                                + " in the environment."));
        return new SparkSubmission(spark, engine, master, configuration);
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * Runs the program to its end; ended when the calling thread is interrupted. What Spark logs goes to this process's
     * standard error.
     *
     * @param arguments of the program
     * @param out takes what it prints on standard output, line by line
     * @return the program's exit code, never spark-submit's own
     * @throws DeliveryException when Spark ends before the program has an answer
     */
    public int run(List<String> arguments, Consumer<String> out) {
        try {
            Path folder = Files.createTempDirectory("mldelivery-spark");
            Path outcome = folder.resolve("outcome");
            try {
                List<String> command = command(arguments);
                command.addAll(List.of("--outcome", outcome.toString()));
                int exit = run(new ProcessBuilder(command), out);
                return code(outcome, exit);
            } finally {
                Files.deleteIfExists(outcome);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw problem(home + ": spark-submit cannot be run: " + e.getMessage(), "Check the installation of Spark.");
        }
    }

    /** The command, without the argument that asks for the outcome. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/spark-submit").toString());
        master.ifPresent(where -> command.addAll(List.of("--master", where)));
        command.addAll(List.of("--deploy-mode", "client"));
        configuration.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> command.addAll(List.of("--conf", setting.getKey() + "=" + setting.getValue())));
        command.addAll(List.of("--class", MAIN, jar.toString()));
        command.addAll(arguments);
        return command;
    }

    private static int run(ProcessBuilder builder, Consumer<String> out) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            lines.lines().forEach(out);
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("the check on Spark was interrupted", "Run it again.");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static int code(Path outcome, int exit) throws IOException {
        if (!Files.isRegularFile(outcome)) {
            throw problem(
                    "spark-submit ended with status " + exit + " before there was a result",
                    "Its messages stand above; look at the first error for what Spark lacked.");
        }
        return Integer.parseInt(
                Files.readString(outcome, StandardCharsets.UTF_8).strip());
    }

    private static DeliveryException problem(String what, String advice) {
        return new DeliveryException(Code.ENVIRONMENT, what, advice);
    }
}
