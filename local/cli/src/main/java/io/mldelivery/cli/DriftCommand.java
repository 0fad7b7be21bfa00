package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.PolicyFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftMarkdown;
import io.mldelivery.drift.report.DriftMetrics;
import io.mldelivery.drift.report.DriftPage;
import io.mldelivery.drift.report.DriftText;
import io.mldelivery.drift.report.MetricsPush;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import io.mldelivery.registry.Mlflow;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
            "0:no drift beyond what the policy tolerates",
            "1:drift",
            "2:too little data to judge",
            "3:could not measure",
            "64:wrong command line or policy"
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
                    + " a profile, or a registered version (models:/name@champion), whose training run keeps one.")
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

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write a short text for a comment on GitHub.")
    private Path markdown;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Read the checks before this one, for the report and the monitoring, and add this one.")
    private Path history;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the history calls this check. Default: the time.")
    private String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    @Option(names = "--metrics", paramLabel = "FILE", description = "Also write the result in Prometheus' text format.")
    private Path metrics;

    @Option(
            names = "--push",
            paramLabel = "URL",
            description = "Also send it to a Pushgateway: http://host:9091/metrics/job/drift.")
    private URI push;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "", description = "The model's name in metrics.")
    private String model;

    @Override
    public Integer call() {
        DriftPolicy rules = policy == null ? DriftPolicy.calibrated() : PolicyFile.read(policy);
        try {
            DriftHistory past = history == null ? DriftHistory.NONE : DriftHistory.read(history);
            DriftVerdict verdict = compare(new DriftCheck(options(), rules, past.monitoring()));
            write(verdict, past.and(name, verdict));
            print(verdict);
            return verdict.outcome().exitCode();
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private DriftVerdict compare(DriftCheck check) {
        if (!ProfileStore.isVersion(reference)) {
            return check.compare(reference, current);
        }
        try (Mlflow mlflow = Tracking.connect(System.getenv())) {
            return check.compare(new ProfileStore(mlflow).of(reference), current);
        }
    }

    private void write(DriftVerdict verdict, DriftHistory checks) {
        if (html != null) {
            AtomicFile.write(html, DriftPage.of(verdict, checks, reference, current));
        }
        if (markdown != null) {
            AtomicFile.write(markdown, DriftMarkdown.of(verdict, reference, current));
        }
        if (history != null) {
            checks.write(history);
        }
        String exported = DriftMetrics.of(verdict, model, Instant.now());
        if (metrics != null) {
            AtomicFile.write(metrics, exported);
        }
        if (push != null) {
            MetricsPush.send(push, exported);
        }
    }

    private TableOptions options() {
        if (memory < 16) {
            throw new DeliveryException(Code.CONFIG, "--memory " + memory + ": too little", "Give at least 16.");
        }
        return TableOptions.in(Path.of("")).withMemoryBytes(memory * MEBIBYTE);
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
