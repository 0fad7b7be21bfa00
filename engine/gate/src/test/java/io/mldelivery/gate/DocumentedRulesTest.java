package io.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the examples of docs/reference/gate-rules.md. */
class DocumentedRulesTest {
    private static final Path DOCS = Path.of("../../docs/reference");
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
        for (String word : example.given().split(" ")) {
            String[] pair = word.split("=");
            if (pair[0].endsWith("predictions")) {
                files.put(pair[0], pair[1]);
            } else if (pair[0].startsWith("champion.")) {
                champion.put(pair[0].substring(9), Double.valueOf(pair[1]));
            } else {
                metrics.put(pair[0], Double.valueOf(pair[1]));
            }
        }
        Path folder = DOCS.resolve("gate-examples");
        boolean hasChampion = !champion.isEmpty() || files.containsKey("champion.predictions");
        Champion against = hasChampion
                ? new Champion.Present(MetricSet.of("the champion", champion))
                : new Champion.Absent("there is no champion");
        Optional<PredictionFiles> predictions = Optional.ofNullable(files.get("predictions")).map(name ->
                new PredictionFiles(folder, name, Optional.ofNullable(files.get("champion.predictions"))));
        return Gate.judge(new GateRequest("gate.yaml", example.policy(), () -> MetricSet.of("metrics.json", metrics),
                () -> against, predictions, folder));
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

    @Test
    void shouldShowEveryOutcomeOfEveryKind() throws IOException {
        Map<String, Set<String>> outcomes = new LinkedHashMap<>();
        examples().forEach(e -> outcomes.computeIfAbsent(e.kind(), kind -> new TreeSet<>()).add(e.outcome()));
        assertThat(outcomes).hasSizeGreaterThanOrEqualTo(14);
        outcomes.forEach((kind, shown) -> {
            assertThat(shown).as(kind).contains("PASS", "FAIL", "ERROR");
            if (!kind.startsWith("latency")) { // a reported number is measured or not
                assertThat(shown).as(kind).contains("INCONCLUSIVE");
            }
        });
    }
}
