package io.mldelivery.spark;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What spark-submit starts: {@code spark-submit --class io.mldelivery.spark.DriftOnSpark JAR drift --reference …}. Prints
 * what {@code mldelivery drift} prints, on standard output, and exits with the same codes.
 */
@Command(
        name = "drift-on-spark",
        mixinStandardHelpOptions = true,
        description = "Drift checks on Apache Spark.",
        subcommands = {CheckCommand.class, ProfileCommand.class})
public final class DriftOnSpark {
    private static final int WRONG_COMMAND_LINE = 64;

    public static void main(String[] arguments) {
        System.exit(run(arguments, writer(System.out), writer(System.err)));
    }

    private static PrintWriter writer(java.io.OutputStream stream) {
        return new PrintWriter(new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Runs in this process; answers with the exit code. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return new CommandLine(new DriftOnSpark())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> failed(e, err))
                .execute(arguments);
    }

    private static int failed(Exception e, PrintWriter err) throws Exception {
        if (!(e instanceof DeliveryException problem)) {
            throw e;
        }
        err.println("mldelivery: " + problem.what());
        err.println(problem.advice());
        return exitCode(problem);
    }

    static int exitCode(DeliveryException problem) {
        return problem.code() == Code.CONFIG ? WRONG_COMMAND_LINE : Outcome.ERROR.exitCode();
    }

    /** The session that spark-submit configured; days and hours are UTC's, as elsewhere in the product. */
    static SparkSession session() {
        return SparkSession.builder()
                .appName("mldelivery drift")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.caseSensitive", "true")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.csv.parser.columnPruning.enabled", "false")
                .getOrCreate();
    }
}
