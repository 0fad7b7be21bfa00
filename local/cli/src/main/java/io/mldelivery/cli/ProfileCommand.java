package io.mldelivery.cli;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.PolicyFile;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.submit.Surroundings;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery profile}: summarizes a reference once, so that drift checks need not read it again. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Writes a small summary of a table that `mldelivery drift --reference` takes in its place.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:written", "3:the table could not be read", "64:wrong command line"})
final class ProfileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "FILE",
            description =
                    "The table: CSV, TSV, JSON Lines, Parquet or Arrow, a folder, a pattern, an address or a query.")
    private String reference;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to write the profile.")
    private Path output;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "The drift policy; with its model key the profile also keeps how good the model's answers were.")
    private Path policy;

    @Option(
            names = "--engine",
            description = "What reads and counts: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            defaultValue = "duckdb")
    private DriftCommand.Engine engine;

    @Mixin
    private SparkOptions spark;

    @Override
    public Integer call() {
        try {
            if (engine == DriftCommand.Engine.spark) {
                return onSpark();
            }
            spark.refuse();
            DriftPolicy rules = policy == null ? DriftPolicy.calibrated() : PolicyFile.read(policy);
            var check = new DriftCheck(TableOptions.in(Path.of("")), rules);
            Profile profile = check.profile(reference);
            byte[] content = ProfileFile.write(profile);
            AtomicFile.write(output, content);
            PrintWriter out = spec.commandLine().getOut();
            out.println(output + ": " + profile.columns().size() + " columns, " + profile.rows() + " rows, "
                    + content.length + " bytes");
            out.flush();
            return 0;
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private int onSpark() {
        List<String> arguments =
                new ArrayList<>(List.of("profile", "--reference", reference, "--output", output.toString()));
        if (policy != null) {
            arguments.addAll(List.of("--policy", policy.toString()));
        }
        PrintWriter out = spec.commandLine().getOut();
        int code = spark.submission().run(arguments, Surroundings.here(out::println));
        out.flush();
        return code;
    }

    private int failed(DeliveryException e) {
        if (e.code() == Code.CONFIG) {
            throw e;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("mldelivery: " + e.what());
        err.println(e.advice());
        err.flush();
        return Outcome.ERROR.exitCode();
    }
}
