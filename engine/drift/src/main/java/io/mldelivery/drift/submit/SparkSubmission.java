package io.mldelivery.drift.submit;

import io.mldelivery.drift.report.TemporaryFolder;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                        "Install Apache Spark 4 on this machine and name its folder: " + HOME
                                + " in the environment, --spark-home, in a Jenkinsfile sparkHome."));
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
                                .orElse("the Spark engine's jar is not named"),
                        "Copy mldelivery-drift-spark.jar to this machine (mvn -pl engine/drift-spark -am package builds"
                                + " it) and name it: " + JAR
                                + " in the environment, in a Jenkinsfile sparkJar."));
        return new SparkSubmission(spark, engine, master, configuration);
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * Runs the program to its end. When the calling thread is interrupted, spark-submit and what it started are ended,
     * and the thread is still interrupted afterwards.
     *
     * @param arguments of the program
     * @return the program's exit code, never spark-submit's own
     * @throws DeliveryException the problem that the program met, or when Spark ends before the program has an answer
     */
    public int run(List<String> arguments, Surroundings surroundings) {
        return TemporaryFolder.with(folder -> {
            Path outcome = folder.resolve("outcome");
            List<String> command = command(arguments);
            command.addAll(List.of(SubmittedOutcome.OPTION, outcome.toString()));
            try {
                int exit = await(command, surroundings);
                return Files.isRegularFile(outcome) ? SubmittedOutcome.read(outcome) : failed(exit);
            } catch (IOException e) {
                throw problem(
                        home + ": spark-submit cannot be run: " + e.getMessage(), "Check the installation of Spark.");
            }
        });
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

    private static int await(List<String> command, Surroundings surroundings) throws IOException {
        try (SparkProcess process = new SparkProcess(command, surroundings)) {
            return process.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("the check on Spark was interrupted", "Run it again.");
        }
    }

    private static int failed(int exit) {
        throw problem(
                "spark-submit ended with status " + exit + " before there was a result",
                "Its messages stand above; look at the first error for what Spark lacked.");
    }

    private static DeliveryException problem(String what, String advice) {
        return new DeliveryException(Code.ENVIRONMENT, what, advice);
    }
}
