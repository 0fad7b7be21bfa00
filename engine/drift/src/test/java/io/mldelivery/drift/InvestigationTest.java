package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.drift.verdict.RunMonitor;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at besides single columns. */
class InvestigationTest {
    private static final String CLASSIFIER =
            "model: {prediction: score, label: y, metric: %s, tolerance: 0.02}\ncolumns: {exclude: [y, score]}\n";

    @TempDir
    Path folder;

    private Frames frames;

    @BeforeEach
    void makeFrames() {
        frames = new Frames(folder);
    }

    private static JointFinding joint(DriftVerdict verdict, String analysis) {
        return verdict.findings().joint().stream()
                .filter(found -> found.analysis().equals(analysis))
                .findFirst()
                .orElseThrow();
    }

    private static PerformanceFinding performance(DriftVerdict verdict, String kind) {
        return verdict.findings().performance().stream()
                .filter(found -> found.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** x and y keep their distributions and lose their dependence; z does not change. */
    private void correlated(String name, int seed, double correlation) {
        Random random = new Random(seed);
        frames.write(name, "x,y,z", 4000, i -> {
            double x = random.nextGaussian();
            double y = correlation * x + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            return x + "," + y + "," + random.nextGaussian();
        });
    }

    @Test
    void shouldFindChangeOfDependenceThatNoColumnShows() {
        String policy = "joint: {domainClassifier: 0.6, reconstruction: 0.2, meanDiscrepancy: 0.05}";
        correlated("r.csv", 1, 0.95);
        correlated("c.csv", 2, -0.95);
        DriftVerdict changed = frames.compare(policy);
        assertThat(changed.drifted()).isEmpty();
        assertThat(changed.findings().joint()).hasSize(3).allMatch(JointFinding::drifted);
        assertThat(joint(changed, "domain-classifier").causes())
                .extracting(JointFinding.Cause::column)
                .startsWith("x")
                .contains("y");
        assertThat(changed.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(changed.reason()).contains("domain-classifier on all columns");
        correlated("c.csv", 3, 0.95);
        DriftVerdict same = frames.compare(policy);
        assertThat(same.findings().joint()).noneMatch(JointFinding::drifted);
        assertThat(joint(same, "domain-classifier").value()).isCloseTo(0.5, within(0.03));
        assertThat(same.outcome()).isEqualTo(Outcome.PASS);
    }

    /** Scores are true probabilities; inputs shift by {@code shift}; with {@code broken} labels no longer follow. */
    private void scored(String name, int seed, double shift, double broken, boolean labels) {
        Random random = new Random(seed);
        frames.write(name, "x,score" + (labels ? ",y" : ""), 6000, i -> {
            double x = random.nextGaussian() + shift;
            double p = 1 / (1 + Math.exp(-2 * x));
            double truth = broken * 0.5 + (1 - broken) * p;
            return x + "," + p + (labels ? "," + (random.nextDouble() < truth ? 1 : 0) : "");
        });
    }

    @Test
    void shouldEstimateWhatIsRealisedWhenOnlyInputsChange() {
        scored("r.csv", 1, 0, 0, true);
        scored("c.csv", 2, 1.5, 0, true);
        for (String metric : List.of("roc-auc", "log-loss", "brier", "accuracy")) {
            DriftVerdict verdict = frames.compare(String.format(CLASSIFIER, metric));
            PerformanceFinding estimated = performance(verdict, "estimated");
            PerformanceFinding realised = performance(verdict, "realised");
            assertThat(estimated.current()).as(metric).isBetween(realised.low() - 0.01, realised.high() + 0.01);
            assertThat(Math.abs(estimated.current() - estimated.reference()))
                    .as(metric)
                    .isGreaterThan(0.02);
        }
    }

    @Test
    void shouldFindConceptDriftOnLabelsWhenInputsStay() {
        scored("r.csv", 1, 0, 0, true);
        scored("c.csv", 2, 0, 0.6, true);
        DriftVerdict verdict = frames.compare(String.format(CLASSIFIER, "roc-auc"));
        assertThat(verdict.drifted()).isEmpty();
        assertThat(performance(verdict, "realised").worse()).isTrue();
        assertThat(performance(verdict, "estimated").worse()).isFalse();
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason()).contains("concept drift, realised roc-auc went from 0.8");
        scored("c.csv", 3, 0, 0, true);
        assertThat(frames.compare(String.format(CLASSIFIER, "roc-auc")).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldCallDriftOfAnswersAndOfTheTruthByItsName() {
        scored("r.csv", 1, 0, 0, true);
        scored("c.csv", 2, 1.5, 0, true);
        DriftVerdict verdict = frames.compare("model: {prediction: score, label: y, metric: brier, tolerance: 1}");

        assertThat(verdict.reason()).contains("score (prediction drift, ks ", "y (label drift, ", "x (ks ");
        assertThat(DriftJson.of(verdict).get("columns"))
                .extracting(column -> column.path("role").asText())
                .containsExactlyInAnyOrder("", "prediction", "label");
    }

    @Test
    void shouldEstimateFromProfileWhenLabelsAreNotKnownYet() {
        scored("r.csv", 1, 0, 0, true);
        scored("c.csv", 2, 0, 0, false);
        String policy = String.format(CLASSIFIER, "brier");
        AtomicFile.write(
                folder.resolve("p.profile"),
                ProfileFile.write(frames.check(policy).profile("r.csv")));
        DriftVerdict profiled = frames.check(policy).compare("p.profile", "c.csv");
        DriftVerdict direct = frames.compare(policy);
        assertThat(profiled.findings().performance())
                .extracting(PerformanceFinding::kind)
                .containsExactly("estimated");
        assertThat(performance(profiled, "estimated").current())
                .isCloseTo(performance(direct, "estimated").current(), within(1e-9));
        assertThat(profiled.outcome()).isEqualTo(Outcome.PASS);
        frames.write("late.csv", "x,score,y", 500, i -> i / 250.0 - 1 + ",0.5,");
        String all = "model: {prediction: score, label: y, metric: brier, tolerance: 1}\ncolumns: {include: [y]}";
        assertThat(frames.check(all)
                        .compare("r.csv", "late.csv")
                        .columns()
                        .get(0)
                        .reason())
                .isEqualTo("labels are not known yet");
        assertThat(frames.check(all).compare("r.csv", "c.csv").reason()).doesNotContain("missing");
        DriftVerdict asking = frames.check(policy + "segments: 3").compare("p.profile", "c.csv");
        assertThat(asking.findings().notes()).singleElement().asString().contains("a profile holds no rows");
    }

    @Test
    void shouldEstimateErrorOfRegressionFromItsInputs() {
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            boolean current = seed == 2;
            frames.write(current ? "c.csv" : "r.csv", "x,answer,y", 5000, i -> {
                double x = current ? 0.5 + random.nextDouble() / 2 : random.nextDouble();
                return x + "," + 10 * x + "," + (10 * x + x * 3 * random.nextGaussian());
            });
        }
        for (String metric : List.of("mae", "rmse")) {
            DriftVerdict verdict =
                    frames.compare("model: {prediction: answer, label: y, metric: " + metric + ", tolerance: 0.1}");
            PerformanceFinding realised = performance(verdict, "realised");
            assertThat(performance(verdict, "estimated").current())
                    .as(metric)
                    .isCloseTo(realised.current(), within(0.12))
                    .isGreaterThan(realised.reference() + 0.2);
        }
    }

    @Test
    void shouldEstimateErrorOfRegressionFromProfileAsFromTheTable() throws Exception {
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            boolean current = seed == 2;
            frames.write(current ? "c.csv" : "r.csv", "k,idle,answer" + (current ? "" : ",y"), 5000, i -> {
                boolean hard = random.nextDouble() < (current ? 0.6 : 0.2);
                double answer = 10 * random.nextDouble();
                double truth = answer + (hard ? 4 : 1) * random.nextGaussian();
                return (hard ? "b" : "a") + "," + random.nextDouble() + "," + answer + (current ? "" : "," + truth);
            });
        }
        String policy = "model: {prediction: answer, label: y, metric: mae, tolerance: 0.1}";
        AtomicFile.write(
                folder.resolve("p.profile"),
                ProfileFile.write(frames.check(policy).profile("r.csv")));

        PerformanceFinding profiled = performance(frames.check(policy).compare("p.profile", "c.csv"), "estimated");

        // the mean distance of a normal error is 0.798 of its standard deviation
        assertThat(profiled.reference()).isCloseTo(0.798 * (0.2 * 4 + 0.8), within(0.08));
        assertThat(profiled.current()).isCloseTo(0.798 * (0.6 * 4 + 0.4), within(0.12));
        assertThat(profiled.worse()).isTrue();
        assertThat(performance(frames.compare(policy), "estimated").current())
                .isCloseTo(profiled.current(), within(1e-9));
    }

    @Test
    void shouldSayWhichInputIsMissingToEstimateTheError() throws Exception {
        Random random = new Random(1);
        frames.write("r.csv", "x,answer,y", 2000, i -> {
            double x = random.nextDouble();
            return x + "," + 10 * x + "," + (10 * x + x * 3 * random.nextGaussian());
        });
        frames.write("c.csv", "answer", 2000, i -> "" + 10 * random.nextDouble());
        String policy = "model: {prediction: answer, label: y, metric: rmse, tolerance: 0.1}";
        AtomicFile.write(
                folder.resolve("p.profile"),
                ProfileFile.write(frames.check(policy).profile("r.csv")));

        DriftVerdict verdict = frames.check(policy).compare("p.profile", "c.csv");

        assertThat(verdict.findings().performance()).isEmpty();
        assertThat(verdict.findings().notes())
                .containsExactly("the model's error was not estimated: c.csv has no numeric column 'x'");
    }

    @Test
    void shouldOrderCausesByImportanceAndTellImpactOnLoss() {
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            double shift = seed - 1;
            frames.write(seed == 2 ? "c.csv" : "r.csv", "idle,used,score,y", 4000, i -> {
                double used = random.nextGaussian() + 0.5 * shift;
                double p = 1 / (1 + Math.exp(-2 * used));
                return random.nextGaussian() + 2 * shift + "," + used + "," + p + ","
                        + (random.nextDouble() < p ? 1 : 0);
            });
        }
        String policy = String.format(CLASSIFIER, "log-loss");
        assertThat(frames.compare(policy).drifted())
                .extracting(column -> column.name())
                .containsExactly("idle", "used");
        DriftVerdict weighted = frames.compare(policy + "importance: surrogate");
        assertThat(weighted.drifted()).extracting(column -> column.name()).containsExactly("used", "idle");
        assertThat(weighted.findings().impact().get("used")).isNegative();
        assertThat(weighted.findings().impact().get("idle")).isCloseTo(0, within(0.02));
    }

    @Test
    void shouldNameSegmentInWhichDriftConcentrates() {
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            boolean current = seed == 2;
            frames.write(current ? "c.csv" : "r.csv", "origin,delay,other", 6000, i -> {
                String origin = List.of("JFK", "EWR", "LGA").get(i % 3);
                double delay = random.nextGaussian() + (current && origin.equals("JFK") ? 1.5 : 0);
                return origin + "," + delay + "," + random.nextGaussian();
            });
        }
        DriftVerdict verdict = frames.compare("segments: 5");
        assertThat(verdict.findings().segments()).first().satisfies(segment -> {
            assertThat(segment.member()).isEqualTo("origin = JFK");
            assertThat(segment.inside()).isGreaterThan(0.4);
            assertThat(segment.outside()).isLessThan(0.1);
        });
    }

    @Test
    void shouldFindNewWordsAndOtherTopicsInTexts() {
        List<String> flying = List.of("plane", "late", "gate", "crew", "seat", "fuel", "runway", "delay");
        List<String> cooking = List.of("plane", "soup", "gate", "salt", "seat", "oven", "pepper", "delay");
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            List<String> words = seed == 2 ? cooking : flying;
            frames.write(seed == 2 ? "c.csv" : "r.csv", "t", 1500, i -> {
                StringBuilder text = new StringBuilder();
                for (int word = 0; word < 8; word++) {
                    text.append(words.get(random.nextInt(8))).append(' ');
                }
                return text.append(random.nextInt(1000)).toString();
            });
        }
        String policy = "texts: {domainClassifier: 0.55, unknownWords: 0.05}";
        DriftVerdict verdict = frames.compare(policy);
        assertThat(joint(verdict, "unknown-words").value()).isCloseTo(0.44, within(0.05));
        assertThat(joint(verdict, "domain-classifier").value()).isGreaterThan(0.95);
        DriftVerdict same = frames.check(policy).compare("r.csv", "r.csv");
        assertThat(same.findings().joint()).noneMatch(JointFinding::drifted).hasSize(2);
    }

    @Test
    void shouldCompareEmbeddingsOfListsAndOfColumns() {
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            double shift = seed - 1;
            AtomicFile.write(
                    folder.resolve(seed == 2 ? "c.jsonl" : "r.jsonl"),
                    random.ints(1500)
                            .mapToObj(i -> {
                                double a = random.nextGaussian() + 1 + shift;
                                double b = random.nextGaussian() + 1;
                                return String.format(
                                        Locale.ROOT, "{\"e\": [%f, %f], \"e_0\": %f, \"e_1\": %f}%n", a, b, a, b);
                            })
                            .reduce("", String::concat));
        }
        var check = frames.check("embeddings: {columns: {list: e, columns: 'e_*'}, threshold: 0.1}");
        DriftVerdict verdict = check.compare("r.jsonl", "c.jsonl");
        assertThat(verdict.findings().joint()).hasSize(2).allMatch(JointFinding::drifted);
        assertThat(verdict.findings().joint().get(0).value())
                .isEqualTo(verdict.findings().joint().get(1).value());
        assertThat(verdict.findings().joint().get(0).detail()).startsWith("cosine of the means 0.9");
        assertThat(check.compare("r.jsonl", "r.jsonl").findings().joint()).noneMatch(JointFinding::drifted);
    }

    @Test
    void shouldFailOnNewCategoriesAndValuesOutOfRange() {
        frames.write("r.csv", "k,x", 2000, i -> "ab".charAt(i % 2) + "," + i % 100);
        frames.write(
                "c.csv",
                "k,x",
                2000,
                i -> (i % 20 < 2 ? "new" : "ab".charAt(i % 2)) + "," + (i % 10 == 0 ? 500 : i % 100));
        String lenient =
                "numeric: {method: ks, threshold: 0.9}\ncategorical: {method: total-variation, threshold: 0.9}\n";
        DriftVerdict verdict = frames.compare(lenient);
        assertThat(verdict.reason())
                .contains("10 % of the values are of categories that the reference does not have")
                .contains("10 % of the values lie outside of the reference's range, more than 5 %");
        assertThat(frames.compare(lenient + "values: {newCategories: 0.2, outOfRange: 0.2}")
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldCompareColumnOfZerosAndOnesByShares() {
        frames.write("r.csv", "late", 1000, i -> i % 1000 < 228 ? "1" : "0");
        frames.write("c.csv", "late", 1000, i -> i % 10 < 3 ? "1" : "0");
        DriftVerdict verdict = frames.compare("policy: calibrated");
        assertThat(verdict.columns().get(0).reason())
                .startsWith("total-variation 0.072 ≥ 0.05")
                .endsWith("share of 0 77.2 % → 70 %");
        assertThat(verdict.columns().get(0).measurement().kind().name()).isEqualTo("CATEGORICAL");
        var profile = frames.check("policy: calibrated").profile("r.csv");
        assertThat(frames.check("policy: calibrated")
                        .compare(profile, "c.csv")
                        .columns()
                        .get(0)
                        .reason())
                .isEqualTo(verdict.columns().get(0).reason());
    }

    @Test
    void shouldJudgeWindowAgainstSamePartOfTheWeek() {
        frames.write(
                "r.csv", "t,x", 24 * 28, i -> String.format("2024-01-%02d %02d:00:00,%d", 1 + i / 24, i % 24, i % 24));
        frames.write(
                "c.csv", "t,x", 24 * 20, i -> String.format("2024-02-%02d %02d:00:00,%d", 1 + i / 24, i % 24, i % 24));
        String night = "window: {column: t, from: '2024-02-19 00:00:00', to: '2024-02-20 08:00:00'}\nminimumRows: 20\n";
        assertThat(frames.compare(night).measured().currentRows()).isEqualTo(32);
        DriftVerdict last = frames.compare("window: {column: t, last: 8h}\nminimumRows: 5");
        assertThat(last.measured().currentRows()).isEqualTo(8);
        assertThat(last.drifted()).hasSize(1);
        DriftVerdict season =
                frames.compare("window: {column: t, last: 8h}\nminimumRows: 5\nseason: {column: t, by: hour}");
        assertThat(season.measured().referenceRows()).isEqualTo(8 * 28);
        assertThat(season.outcome()).isEqualTo(Outcome.PASS);
        assertThat(frames.compare("window: {rows: 100}").measured().currentRows())
                .isEqualTo(100);
        assertThatThrownBy(() -> frames.compare("window: {column: x, last: 1d}"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("'x' of c.csv holds no points in time");
    }

    @Test
    void shouldFindSmallChangeThatStaysOverBuildsAndNoneWithoutChange() {
        String policy = "monitoring: {runLength: 200}\n";
        Optional<RunMonitor> monitor = Optional.empty();
        int alarms = 0;
        for (int build = 0; build < 40; build++) {
            monitor = shifted(policy, build, build < 20 ? 0 : 0.13, monitor).monitoring();
            alarms += build < 20 && monitor.orElseThrow().isAlarm() ? 1 : 0;
            if (monitor.orElseThrow().isAlarm()) {
                break;
            }
        }
        assertThat(alarms).isZero();
        assertThat(monitor.orElseThrow().isAlarm()).isTrue();
        assertThat(shifted("policy: calibrated", 30, 0.13, Optional.empty()).outcome())
                .isEqualTo(Outcome.PASS);
    }

    private DriftVerdict shifted(String policy, int seed, double shift, Optional<RunMonitor> monitor) {
        Random random = new Random(1);
        frames.write("r.csv", "x", 3000, i -> String.valueOf(random.nextGaussian()));
        Random next = new Random(seed + 100);
        frames.write("c.csv", "x", 600, i -> String.valueOf(next.nextGaussian() + shift));
        var rules = DriftPolicy.parse("drift.yaml", policy.getBytes(StandardCharsets.UTF_8));
        return new DriftCheck(TableOptions.in(folder), rules, monitor).compare("r.csv", "c.csv");
    }

    @Test
    void shouldCountBrokenRowsWhenPolicyToleratesThem() {
        frames.write("r.csv", "x,y", 500, i -> i + "," + i);
        frames.write("c.csv", "x,y", 500, i -> i == 3 ? "1,2,3" : i + "," + i);
        assertThatThrownBy(() -> frames.compare("policy: calibrated")).hasMessageContaining("c.csv:5");
        assertThat(frames.compare("brokenRows: 2").measured().notes())
                .containsExactly("c.csv: 1 unreadable rows were left out: c.csv:5: too many values");
    }

    @Test
    void shouldPrintSmallestPValueAsBound() {
        frames.write("r.csv", "x", 9000, String::valueOf);
        frames.write("c.csv", "x", 9000, i -> String.valueOf(i + 20_000));
        assertThat(frames.compare("policy: calibrated").reason())
                .contains("p < 1e-300")
                .doesNotContain("p 0");
    }
}
