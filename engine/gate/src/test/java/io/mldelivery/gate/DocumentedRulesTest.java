package io.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.history.PastBuild;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.scoring.Predictor;
import io.mldelivery.gate.scoring.RowScoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of docs/reference/gate-rules.md. */
class DocumentedRulesTest {
    private static final Path DOCS = Path.of("../../docs/reference");
    private static final Path FOLDER = DOCS.resolve("gate-examples");

    private static final Set<String> KINDS = Set.of(
            "threshold",
            "change",
            "non-inferiority",
            "superiority",
            "equivalence",
            "slice",
            "gap",
            "fairness",
            "fairness demographic-parity",
            "fairness equal-opportunity",
            "fairness equalized-odds",
            "fairness calibration",
            "calibration",
            "robustness",
            "behaviour",
            "latency",
            "size",
            "cost",
            "leakage",
            "data",
            "expression");

    @TempDir
    private static Path work;

    private static final Pattern PART =
            Pattern.compile("(?m)^## (.+)$|^```yaml\\n((?s:.*?))^```$|^\\| `(.+)` \\| ([A-Z]+) \\|$");

    private record Example(String kind, String policy, String given, String outcome) {}

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        String kind = "";
        String policy = "";
        Matcher part = PART.matcher(Files.readString(DOCS.resolve("gate-rules.md")));
        while (part.find()) {
            if (part.group(1) != null) {
                kind = part.group(1);
            } else if (part.group(2) != null) {
                policy = part.group(2);
            } else {
                examples.add(new Example(kind, policy, part.group(3), part.group(4)));
            }
        }
        return examples;
    }

    private static GateResult run(Example example) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Map<String, Double> champion = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        List<PastBuild> builds = new ArrayList<>();
        for (String word : example.given().split(" ")) {
            String[] pair = word.split("=");
            if (pair[0].endsWith("predictions")
                    || Set.of("metrics", "rows", "model").contains(pair[0])) {
                files.put(pair[0], pair[1]);
            } else if (pair[0].startsWith("builds.")) {
                builds.addAll(builds(pair[0].substring(7), pair[1].split(",")));
            } else if (pair[0].startsWith("champion.")) {
                champion.put(pair[0].substring(9), Double.valueOf(pair[1]));
            } else {
                metrics.put(pair[0], Double.valueOf(pair[1]));
            }
        }
        boolean hasChampion = !champion.isEmpty() || files.containsKey("champion.predictions");
        Champion against = hasChampion
                ? new Champion.Present(MetricSet.of("the champion", champion))
                : new Champion.Absent("there is no champion");
        Optional<PredictionFiles> predictions = Optional.ofNullable(files.get("predictions"))
                .map(name -> new PredictionFiles(
                        FOLDER,
                        parquet(name),
                        Optional.ofNullable(files.get("champion.predictions")).map(DocumentedRulesTest::parquet)));
        return judge(example, () -> reported(files, metrics), against, predictions, builds, files);
    }

    /** The same predictions in a file that is read faster; a file that does not exist stays one. */
    private static String parquet(String csv) {
        Path file = work.resolve(csv.replace(".csv", ".parquet"));
        if (Files.exists(FOLDER.resolve(csv)) && !Files.exists(file)) {
            ParquetRows.ofCsv(FOLDER.resolve(csv), file);
        }
        return Files.exists(file) ? file.toString() : csv;
    }

    private static MetricSet reported(Map<String, String> files, Map<String, Double> metrics) {
        String file = files.get("metrics");
        return file == null ? MetricSet.of("metrics.json", metrics) : MetricFiles.read(FOLDER.resolve(file), file);
    }

    private static List<PastBuild> builds(String metric, String... values) {
        List<PastBuild> builds = new ArrayList<>();
        for (String value : values) {
            builds.add(new PastBuild("flights #" + (9 - builds.size()), "", Map.of(metric, Double.valueOf(value))));
        }
        return builds;
    }

    private static GateResult judge(
            Example example,
            GateRequest.Reading<MetricSet> metrics,
            Champion champion,
            Optional<PredictionFiles> predictions,
            List<PastBuild> builds,
            Map<String, String> files) {
        var context =
                new GateContext(builds, name -> champion, Optional.empty(), List.of(), Set.of(), Optional.empty());
        boolean models = files.containsKey("rows") || files.containsKey("model");
        try (RowScoring scoring =
                new RowScoring(FOLDER, files.getOrDefault("rows", ""), work, SignalModel::new, SignalModel::new)) {
            return Gate.judge(new GateRequest(
                    "gate.yaml",
                    example.policy(),
                    metrics,
                    () -> champion,
                    predictions,
                    FOLDER,
                    models ? context.with(scoring) : context));
        }
    }

    /** The model of the examples: its score is the feature "signal". */
    private static final class SignalModel implements Predictor {
        @Override
        public List<double[]> predict(List<String> columns, List<Object[]> rows) {
            int signal = columns.indexOf("signal");
            return rows.stream().map(row -> new double[] {(Double) row[signal]}).toList();
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    @Test
    void shouldEndAsDocumented() throws IOException {
        List<String> surprises = new ArrayList<>();
        for (Example example : examples()) {
            GateResult result = run(example);
            if (!result.outcome().name().equals(example.outcome())) {
                surprises.add(example.kind() + " with " + example.given() + ": " + example.outcome() + " but "
                        + result.outcome() + " " + result.reason());
            }
        }
        assertThat(surprises).isEmpty();
    }

    /** Of each kind that a policy may name, of slices and of each criterion of fairness. */
    @Test
    void shouldShowEveryOutcomeOfEveryKind() throws IOException {
        Map<String, Set<String>> outcomes = new TreeMap<>();
        for (Example example : examples()) {
            for (String shown : shownBy(example.policy())) {
                outcomes.computeIfAbsent(shown, kind -> new TreeSet<>()).add(example.outcome());
            }
        }
        assertThat(outcomes.keySet()).containsAll(KINDS);
        outcomes.forEach((kind, shown) ->
                assertThat(shown).as(kind).containsExactlyInAnyOrder("PASS", "FAIL", "INCONCLUSIVE", "ERROR"));
    }

    /** What a policy is an example of; only what all of its rules are, for an outcome may be that of any of them. */
    private static Set<String> shownBy(String yaml) {
        GatePolicy policy = GatePolicy.parse("gate.yaml", yaml);
        Set<String> shown = new TreeSet<>();
        policy.rules().forEach(rule -> shown.add(rule.kind()));
        if (shown.size() > 1) {
            return Set.of();
        }
        if (policy.rules().stream().allMatch(rule -> rule.slice().isPresent())) {
            shown.add("slice");
        }
        Matcher criterion = Pattern.compile("criterion: ([a-z-]+)").matcher(yaml);
        if (criterion.find()) {
            shown.add("fairness " + criterion.group(1));
        }
        return shown;
    }
}
