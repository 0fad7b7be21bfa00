package io.mldelivery.cli;

import io.mldelivery.drift.submit.SparkSubmission;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where {@code --engine spark} runs. */
final class SparkOptions {
    private static final String BUILT = "engine/drift-spark/target/mldelivery-drift-spark.jar";

    @Option(
            names = "--spark-home",
            paramLabel = "DIR",
            description = "With --engine spark: the folder of a Spark 4 installation. Default: SPARK_HOME.")
    private Optional<Path> home;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "With --engine spark: yarn, k8s://…, spark://…, local[4]. Default: Spark's configuration.")
    private Optional<String> master;

    @Option(
            names = "--spark-conf",
            paramLabel = "KEY=VALUE",
            description = "With --engine spark: a setting such as spark.executor.memory=8g. Can be repeated.")
    private Map<String, String> configuration = new LinkedHashMap<>();

    /** Refuses them where they would do nothing. */
    void refuse() {
        if (home.isPresent() || master.isPresent() || !configuration.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "--spark-home, --master and --spark-conf need the engine spark",
                    "Add --engine spark, or leave them out.");
        }
    }

    SparkSubmission submission() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        Optional<Path> built = Optional.ofNullable(System.getProperty("mldelivery.root"))
                .map(root -> Path.of(root, BUILT))
                .filter(Files::isRegularFile)
                .filter(jar -> !environment.containsKey(SparkSubmission.JAR));
        return SparkSubmission.find(home, built, environment, master, configuration);
    }
}
