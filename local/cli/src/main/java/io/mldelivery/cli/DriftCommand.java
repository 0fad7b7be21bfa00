package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftPage;
import io.mldelivery.drift.report.DriftText;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery drift}: whether current data still looks like the reference. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = "Compares current data with a reference, column by column.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no drift beyond what the policy tolerates", "1:drift", "2:too little data to judge",
            "3:could not measure", "64:wrong command line or policy"
        })
final class DriftCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1L << 20;

    /** What computes the statistics. */
    enum Engine {
        duckdb
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "FILE",
            description = "What the data should look like: CSV, TSV, JSON Lines or Parquet, a folder or a pattern,"
                    + " or a profile.")
    private String reference;

    @Option(names = "--current", required = true, paramLabel = "FILE", description = "The data to judge.")
    private String current;

    @Option(names = "--policy", paramLabel = "FILE", description = "A drift policy (YAML). Default: calibrated.")
    private Path policy;

    @Option(names = "--engine", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "duckdb")
    private Engine engine;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "1024",
            description = "Memory in MiB before data goes to a temporary folder. Default: ${DEFAULT-VALUE}.")
    private long memory;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a report page.")
    private Path html;

    @Override
    public Integer call() {
        DriftPolicy rules = policy == null ? DriftPolicy.calibrated() : DriftPolicy.parse(policy.toString(), read());
        try {
            DriftVerdict verdict = new DriftCheck(options(), rules).compare(reference, current);
            if (html != null) {
                AtomicFile.write(html, DriftPage.of(verdict, reference, current));
            }
            print(verdict);
            return verdict.outcome().exitCode();
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private TableOptions options() {
        if (memory < 16) {
            throw new DeliveryException(Code.CONFIG, "--memory " + memory + ": too little", "Give at least 16.");
        }
        return TableOptions.in(Path.of("")).withMemoryBytes(memory * MEBIBYTE);
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(policy);
        } catch (NoSuchFileException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": there is no such file", "Check the path.", e);
        } catch (IOException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": cannot be read: " + e.getMessage(),
                    "Make the file readable.", e);
        }
    }

    private void print(DriftVerdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? DriftJson.of(verdict).toPrettyString() : DriftText.of(verdict));
        out.flush();
    }

    private int failed(DeliveryException e) {
        if (e.code() == Code.CONFIG) {
            throw e;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("mldelivery: " + e.what());
        err.println(e.advice());
        err.flush();
        if (json) {
            ObjectNode document = DriftJson.error(e.what());
            spec.commandLine().getOut().println(document.toPrettyString());
            spec.commandLine().getOut().flush();
        }
        return Outcome.ERROR.exitCode();
    }
}
