package io.mldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.digest.Sha256;
import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.file.ReportFile;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.model.GateModels;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.report.GateJUnit;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery gate}: whether a candidate model may go on. */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        subcommands = {GateInitCommand.class, GateWaiveCommand.class},
        description = "Judges a candidate model by a policy, alone and against its champion.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the candidate passes",
            "1:it fails",
            "2:too little data to judge",
            "3:could not measure",
            "64:wrong command line or policy"
        })
final class GateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy (YAML). Required.")
    private Path policy;

    @Option(
            names = "--candidate",
            paramLabel = "ADDRESS",
            description = "The candidate in MLflow: runs:/ID, models:/NAME/VERSION or models:/NAME@ALIAS."
                    + " MLFLOW_TRACKING_URI names the server.")
    private String candidate = "";

    @Option(
            names = "--champion",
            paramLabel = "ADDRESS",
            description = "The champion: models:/NAME@ALIAS, models:/NAME/VERSION or runs:/ID in MLflow, or"
                    + " build:reference, the newest build of --job whose gate passed.")
    private String champion = "";

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "What was reported of the candidate: metrics.json, a JUnit report or pytest-benchmark's"
                    + " file. May stand more than once; earlier files win.")
    private List<Path> metrics = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "What was reported of the champion. Without it, and without the champion's predictions,"
                    + " there is no champion.")
    private Path baseline;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "The candidate's predictions: CSV, Parquet or JSON Lines with the columns id, y and score.")
    private Path predictions;

    @Option(
            names = "--champion-predictions",
            paramLabel = "FILE",
            description = "The champion's predictions for the same ids.")
    private Path championPredictions;

    @Mixin
    private final GateSurroundings surroundings;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write JUnit XML, one test case a rule.")
    private Path junit;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    GateCommand() {
        this(System.getenv());
    }

    /** @param variables of the environment, such as MLFLOW_TRACKING_URI */
    GateCommand(Map<String, String> variables) {
        surroundings = new GateSurroundings(variables);
    }

    @Override
    public Integer call() {
        if (policy == null) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "--policy is missing",
                    "Name the policy; 'mldelivery gate init' writes one to start from.");
        }
        requireArguments();
        try {
            GateResult result = surroundings.judge(candidate, champion, this::judge);
            if (junit != null) {
                ReportFile.write(junit, GateJUnit.of(result, policy.toString()));
            }
            print(result);
            return result.outcome().exitCode();
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private void requireArguments() {
        boolean given = !candidate.isEmpty() || !metrics.isEmpty() || predictions != null;
        require(
                given || surroundings.hasRows() || surroundings.hasModel(),
                "there is nothing to judge by: neither --candidate nor --metrics nor --predictions nor --rows",
                "Give one of them.");
        require(
                championPredictions == null || predictions != null,
                "--champion-predictions needs --predictions",
                "Give the candidate's predictions for the same rows.");
        require(
                champion.isEmpty() || baseline == null,
                "--champion and --baseline both name the champion",
                "Leave one of them out.");
        requireAddress("--candidate", candidate, "--metrics");
        requireAddress("--champion", champion.equals(GateModels.REFERENCE) ? "" : champion, "--baseline");
    }

    private static void requireAddress(String option, String address, String forFiles) {
        require(
                address.isEmpty() || address.startsWith("runs:/") || address.startsWith("models:/"),
                option + ": '" + address + "' is no address of a run or registered version",
                "Write runs:/ID or models:/NAME/VERSION; files are given by " + forFiles + ".");
    }

    private static void require(boolean condition, String what, String advice) {
        if (!condition) {
            throw new DeliveryException(Code.CONFIG, what, advice);
        }
    }

    private GateResult judge(GateContext context, GateModels models) {
        return Gate.judge(request(context, models));
    }

    private GateRequest request(GateContext context, GateModels models) {
        Optional<PredictionFiles> files = Optional.ofNullable(predictions)
                .map(file -> new PredictionFiles(
                        Path.of(""),
                        file.toString(),
                        Optional.ofNullable(championPredictions).map(Path::toString)));
        return new GateRequest(
                policy.toString(),
                policyText(),
                () -> candidate(models),
                () -> champion(models),
                files,
                Path.of(""),
                context.named(versions(models)));
    }

    private MetricSet candidate(GateModels models) {
        Stream<MetricSet> tracked =
                Stream.of(candidate).filter(address -> !address.isEmpty()).map(models::candidate);
        return Stream.concat(tracked, metrics.stream().map(file -> MetricFiles.read(file, file.toString())))
                .reduce(MetricSet::orElse)
                .orElseGet(() -> MetricSet.empty("the metrics (no file was given)"));
    }

    private Champion champion(GateModels models) {
        if (!champion.isEmpty()) {
            return models.champion(champion, championPredictions != null);
        }
        if (baseline != null) {
            return new Champion.Present(MetricFiles.read(baseline, baseline.toString()));
        }
        return championPredictions != null || surroundings.hasChampionModel()
                ? new Champion.Present(MetricSet.empty("the champion's metrics (no --baseline was given)"))
                : new Champion.Absent("neither --champion nor --baseline nor --champion-predictions was given");
    }

    /** What waivers call the candidate; a registry that does not answer is found out by the judging itself. */
    private Set<String> versions(GateModels models) {
        try {
            return candidate.isEmpty() ? file().map(Set::of).orElse(Set.of()) : models.versions(candidate);
        } catch (DeliveryException e) {
            return Set.of(candidate);
        }
    }

    private Optional<String> file() {
        return metrics.stream()
                .findFirst()
                .or(() -> Optional.ofNullable(predictions))
                .filter(Files::isRegularFile)
                .map(file -> "sha256:" + sha256(file));
    }

    private static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.DATA, file + ": cannot be read: " + e.getMessage(), "Make it readable.", e);
        }
    }

    private String policyText() {
        try {
            return Files.readString(policy);
        } catch (NoSuchFileException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": there is no such file", "Check the path.", e);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    policy + ": cannot be read: " + e.getMessage(),
                    "Make it a readable file of UTF-8 text.",
                    e);
        }
    }

    private void print(GateResult result) {
        if (json) {
            print(GateJson.of(result));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        GateTable.of(result).forEach(out::println);
        out.flush();
    }

    private void print(JsonNode document) {
        spec.commandLine().getOut().println(document.toPrettyString());
        spec.commandLine().getOut().flush();
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
            print(GateJson.error(e.what()));
        }
        return Outcome.ERROR.exitCode();
    }
}
