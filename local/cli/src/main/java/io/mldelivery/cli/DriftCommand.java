package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.lineage.ProfileStore;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.PolicyFile;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftFiles;
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftText;
import io.mldelivery.drift.report.TemporaryFolder;
import io.mldelivery.drift.submit.SparkSubmission;
import io.mldelivery.drift.submit.SubmittedCheck;
import io.mldelivery.drift.submit.Surroundings;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        duckdb,
        spark
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "FILE",
            description =
                    "What the data should look like: CSV, TSV, JSON Lines, Parquet or Arrow, a folder or a pattern, an"
                            + " address (https, s3, gs), a query (.query.yaml), a profile, or a registered version"
                            + " (models:/name@champion), whose training run keeps one.")
    private String reference;

    @Option(names = "--current", required = true, paramLabel = "FILE", description = "The data to judge.")
    private String current;

    @Option(names = "--policy", paramLabel = "FILE", description = "A drift policy (YAML). Default: calibrated.")
    private Path policy;

    @Option(
            names = "--engine",
            description = "What reads and counts: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            defaultValue = "duckdb")
    private Engine engine;

    @Mixin
    private SparkOptions spark;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "1024",
            description = "Memory in MiB before data goes to a temporary folder. Default: ${DEFAULT-VALUE}.")
    private long memory;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a report page.")
    private Optional<Path> html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write a short text for a comment on GitHub.")
    private Optional<Path> markdown;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Read the checks before this one, for the report and the monitoring, and add this one.")
    private Optional<Path> history;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the history calls this check. Default: the time.")
    private String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    @Option(names = "--metrics", paramLabel = "FILE", description = "Also write the result in Prometheus' text format.")
    private Optional<Path> metrics;

    @Option(
            names = "--push",
            paramLabel = "URL",
            description = "Also send it to a Pushgateway: http://host:9091/metrics/job/drift.")
    private Optional<URI> push;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "", description = "The model's name in metrics.")
    private String model;

    @Override
    public Integer call() {
        DriftPolicy rules = policy == null ? DriftPolicy.calibrated() : PolicyFile.read(policy);
        try {
            return engine == Engine.spark ? onSpark() : here(rules);
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private int here(DriftPolicy rules) {
        spark.refuse();
        DriftFiles files = files();
        DriftHistory past = files.before();
        DriftVerdict verdict = compare(new DriftCheck(options(), rules, past.monitoring()));
        files.write(verdict, past, reference, current);
        print(verdict);
        return verdict.outcome().exitCode();
    }

    private DriftVerdict compare(DriftCheck check) {
        return ProfileStore.isVersion(reference)
                ? check.compare(deployedProfile(), current)
                : check.compare(reference, current);
    }

    /** What the deployed version was trained on. */
    private Profile deployedProfile() {
        try (Mlflow mlflow = Tracking.connect(System.getenv())) {
            return new ProfileStore(mlflow).of(reference);
        }
    }

    private int onSpark() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--memory")) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "--memory is DuckDB's limit",
                    "Give Spark its own: --spark-conf spark.driver.memory=4g --spark-conf spark.executor.memory=8g.");
        }
        SparkSubmission submission = spark.submission();
        if (!ProfileStore.isVersion(reference)) {
            return submit(submission, reference);
        }
        return TemporaryFolder.with(folder -> {
            Path file = folder.resolve("reference.profile");
            AtomicFile.write(file, ProfileFile.write(deployedProfile()));
            return submit(submission, file.toString());
        });
    }

    private int submit(SparkSubmission submission, String from) {
        var check = new SubmittedCheck(from, reference, current, Optional.ofNullable(policy), files());
        List<String> arguments = check.arguments();
        if (json) {
            arguments.add("--json");
        }
        PrintWriter out = spec.commandLine().getOut();
        int code = submission.run(arguments, Surroundings.here(out::println));
        out.flush();
        return code;
    }

    private DriftFiles files() {
        return new DriftFiles(html, markdown, history, name, metrics, push, model);
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
