package io.mldelivery.spark;

import io.mldelivery.data.address.Addresses;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.PolicyFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftFiles;
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftText;
import io.mldelivery.drift.submit.SubmittedCheck;
import io.mldelivery.drift.submit.SubmittedOutcome;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drift}: the check itself. Paths of what is written are paths on the driver. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = "Compares current data with a reference, column by column.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--reference", required = true, paramLabel = "DATA", description = "A table, or a profile's file.")
    private String reference;

    @Option(names = "--current", required = true, paramLabel = "DATA", description = "The table to judge.")
    private String current;

    @Option(names = "--reference-name", paramLabel = "NAME", description = "What reports call the reference.")
    private Optional<String> referenceName;

    @Option(names = "--policy", paramLabel = "FILE", description = "A drift policy (YAML). Default: calibrated.")
    private Optional<Path> policy;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a report page.")
    private Optional<Path> html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write a short text.")
    private Optional<Path> markdown;

    @Option(names = "--history", paramLabel = "FILE", description = "Read the checks before, and add this one.")
    private Optional<Path> history;

    @Option(names = "--name", paramLabel = "NAME", description = "What the history calls this check.")
    private String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    @Option(names = "--metrics", paramLabel = "FILE", description = "Also write Prometheus' text format.")
    private Optional<Path> metrics;

    @Option(names = "--push", paramLabel = "URL", description = "Also send it to a Pushgateway.")
    private Optional<URI> push;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "", description = "The model's name in metrics.")
    private String model;

    @Option(names = SubmittedCheck.DOCUMENT, paramLabel = "FILE", description = "Also write the JSON document.")
    private Optional<Path> document;

    @Option(
            names = SubmittedCheck.EVIDENCE,
            paramLabel = "FILE",
            description = "Also write the data of the event drift.checked: the document, and plots of what drifted.")
    private Optional<Path> evidence;

    @Option(
            names = SubmittedOutcome.OPTION,
            paramLabel = "FILE",
            description =
                    "Write the exit code, which spark-submit's own can hide, or the problem instead of printing it.")
    private Optional<Path> outcome;

    @Override
    public Integer call() {
        try {
            DriftPolicy rules = policy.map(PolicyFile::read).orElseGet(DriftPolicy::calibrated);
            int code = check(rules).outcome().exitCode();
            outcome.ifPresent(file -> SubmittedOutcome.write(file, code));
            return code;
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private DriftVerdict check(DriftPolicy rules) {
        var files = new DriftFiles(html, markdown, history, name, metrics, push, model);
        SparkSession spark = DriftOnSpark.session();
        try {
            DriftHistory past = files.before();
            DriftVerdict verdict = new DriftCheck(new SparkEngine(spark, Path.of("")), rules, past.monitoring())
                    .compare(reference, current);
            files.write(verdict, past, referenceName.orElse(reference), current);
            answer(verdict);
            return verdict;
        } finally {
            spark.stop();
        }
    }

    private void answer(DriftVerdict verdict) {
        String text = DriftJson.of(verdict).toPrettyString();
        print(json ? text : DriftText.of(verdict));
        document.ifPresent(file -> AtomicFile.write(file, text + "\n"));
        evidence.ifPresent(file -> AtomicFile.write(
                file,
                DriftJson.evidence(
                                verdict,
                                Addresses.shown(referenceName.orElse(reference)),
                                Addresses.shown(current),
                                policy.map(Path::toString).orElse(""))
                        .toString()));
    }

    private int failed(DeliveryException e) {
        if (outcome.isPresent()) {
            SubmittedOutcome.write(outcome.get(), e);
            return DriftOnSpark.exitCode(e);
        }
        if (json && e.code() != Code.CONFIG) {
            print(DriftJson.error(e.what()).toPrettyString());
        }
        throw e;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
