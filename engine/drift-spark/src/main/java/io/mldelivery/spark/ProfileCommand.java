package io.mldelivery.spark;

import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.PolicyFile;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.submit.SubmittedOutcome;
import io.mldelivery.model.DeliveryException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code profile}: summarizes a table once, so that checks read production data only. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Writes a small summary of a table that stands in for it as reference.")
final class ProfileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--reference", required = true, paramLabel = "DATA", description = "The table.")
    private String reference;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where the driver writes it.")
    private Path output;

    @Option(names = "--policy", paramLabel = "FILE", description = "The drift policy, for its model key.")
    private Optional<Path> policy;

    @Option(
            names = SubmittedOutcome.OPTION,
            paramLabel = "FILE",
            description = "Write the exit code, or the problem instead of printing it.")
    private Optional<Path> outcome;

    @Override
    public Integer call() {
        try {
            write(policy.map(PolicyFile::read).orElseGet(DriftPolicy::calibrated));
            outcome.ifPresent(file -> SubmittedOutcome.write(file, 0));
            return 0;
        } catch (DeliveryException e) {
            if (outcome.isEmpty()) {
                throw e;
            }
            SubmittedOutcome.write(outcome.get(), e);
            return DriftOnSpark.exitCode(e);
        }
    }

    private void write(DriftPolicy rules) {
        SparkSession spark = DriftOnSpark.session();
        try {
            Profile profile =
                    new DriftCheck(new SparkEngine(spark, Path.of("")), rules, Optional.empty()).profile(reference);
            byte[] content = ProfileFile.write(profile);
            AtomicFile.write(output, content);
            PrintWriter out = spec.commandLine().getOut();
            out.println(output + ": " + profile.columns().size() + " columns, " + profile.rows() + " rows, "
                    + content.length + " bytes");
            out.flush();
        } finally {
            spark.stop();
        }
    }
}
