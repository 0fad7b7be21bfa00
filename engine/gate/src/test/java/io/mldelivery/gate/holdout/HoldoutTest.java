package io.mldelivery.gate.holdout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.Holdout;
import io.mldelivery.gate.policy.Holdout.Spending;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldoutTest {
    private static final String POLICY = """
            rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.2}]
            holdout: {uses: 3}
            """;

    @TempDir
    private Path folder;

    private HoldoutFile ledger;

    @BeforeEach
    void writeChampion() throws IOException {
        ledger = new HoldoutFile(folder.resolve("job").resolve(HoldoutFile.NAME));
        write("champion.csv", 0, 400);
    }

    private void write(String name, long seed, int rows) throws IOException {
        var random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder("id,y,score\n");
        for (int i = 0; i < rows; i++) {
            text.append(i)
                    .append(',')
                    .append(i % 2)
                    .append(',')
                    .append(0.3 * (i % 2) + 0.7 * random.nextDouble())
                    .append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    /** Judges a new model on the same rows and writes the decision down. */
    private GateResult judge(long seed, int rows) throws IOException {
        write("new.csv", seed, rows);
        write("champion.csv", 0, rows);
        var files = new PredictionFiles(folder, "new.csv", Optional.of("champion.csv"));
        var context = new GateContext(
                List.of(),
                name -> new Champion.Absent("none"),
                Optional.of(ledger.read()),
                List.of(),
                Set.of(),
                Optional.empty());
        GateResult result = Gate.judge(new GateRequest(
                "gate.yaml",
                POLICY,
                () -> MetricSet.empty("m"),
                () -> new Champion.Present(MetricSet.empty("c")),
                Optional.of(files),
                folder,
                context));
        Allowance allowance = result.allowance().orElseThrow();
        assertThat(ledger.record(allowance, use(allowance, result))).isTrue();
        return result;
    }

    private static HoldoutUse use(Allowance allowance, GateResult result) {
        return new HoldoutUse(
                allowance.decision(),
                "flights #1",
                Instant.EPOCH,
                allowance.alpha(),
                result.outcome().name());
    }

    @Test
    void shouldSpendTheErrorRateOverThePlannedDecisions() {
        for (Spending spending : List.of(Spending.EARLY, Spending.EVEN)) {
            Holdout holdout = new Holdout(20, spending);
            assertThat(IntStream.rangeClosed(1, 20).mapToDouble(holdout::share).sum())
                    .isCloseTo(1, within(1e-12));
            assertThat(holdout.share(21)).isZero();
        }
        assertThat(new Holdout(20, Spending.EARLY).share(1)).isGreaterThan(0.25);
        assertThat(new Holdout(1, Spending.NONE).share(5)).isEqualTo(1);
    }

    @Test
    void shouldGiveEachDecisionLessUntilNothingIsLeft() throws IOException {
        GateResult first = judge(1, 400);
        assertThat(first.outcome()).as(first.reason()).isEqualTo(Outcome.PASS);
        assertThat(first.alpha()).isCloseTo(0.05 / (1 + 0.5 + 1 / 3.0), within(1e-12));
        assertThat(judge(2, 400).alpha()).isCloseTo(first.alpha() / 2, within(1e-12));
        GateResult third = judge(3, 400);
        assertThat(third.allowance().orElseThrow().isLast()).isTrue();
        assertThat(third.allowance().orElseThrow().sentence())
                .contains("Decision 3 of 3")
                .contains("the last");
        GateResult fourth = judge(4, 400);
        assertThat(fourth.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(fourth.reason()).contains("has served the 3 decisions").contains("give a new set");
        assertThat(GateTable.of(fourth)).anyMatch(line -> line.startsWith("WARNING: Decision 4 of 3"));
        assertThat(GateJson.of(fourth).at("/holdout/spent").asBoolean()).isTrue();
        assertThat(fourth.allowance().orElseThrow().sentence()).contains("error rate is spent");
    }

    @Test
    void shouldNotSpendForTheSameDecisionAgain() throws IOException {
        GateResult first = judge(1, 400);
        GateResult again = judge(1, 400);
        assertThat(again.allowance().orElseThrow().repeated()).isTrue();
        assertThat(again.alpha()).isEqualTo(first.alpha());
        assertThat(ledger.read().uses(first.allowance().orElseThrow().set())).hasSize(1);
    }

    @Test
    void shouldStartAnewWithANewSet() throws IOException {
        double first = judge(1, 400).alpha();
        judge(2, 400);
        assertThat(judge(2, 402).alpha()).isEqualTo(first);
    }

    @Test
    void shouldNotRecordWhatWasAllowedByAnOlderLedger() throws IOException {
        GateResult one = judge(1, 400);
        Allowance stale = one.allowance().orElseThrow();
        var other = new Allowance(stale.set(), "other", 1, 3, stale.alpha(), 0.05, false, Spending.EARLY);
        assertThat(ledger.record(other, use(other, one))).isFalse();
    }

    @Test
    void shouldNotForgetDecisionsWhenTheLedgerIsDamaged() throws IOException {
        judge(1, 400);
        Path file = folder.resolve("job").resolve(HoldoutFile.NAME);
        Files.writeString(file, Files.readString(file).substring(0, 40));
        assertThatThrownBy(ledger::read).isInstanceOf(DeliveryException.class).hasMessageContaining("damaged");
    }
}
