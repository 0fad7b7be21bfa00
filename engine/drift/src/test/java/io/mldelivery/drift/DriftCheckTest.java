package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftPage;
import io.mldelivery.drift.report.DriftText;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCheckTest {
    @TempDir
    Path folder;

    private void write(String name, String header, int rows, IntFunction<String> row) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            text.append(row.apply(i)).append('\n');
        }
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DriftVerdict compare(String reference, String current, String policy) {
        DriftPolicy rules = DriftPolicy.parse("drift.yaml", policy.getBytes(StandardCharsets.UTF_8));
        return new DriftCheck(TableOptions.in(folder), rules).compare(reference, current);
    }

    private DriftVerdict compare(String reference, String current) {
        return compare(reference, current, "policy: calibrated");
    }

    private static ColumnVerdict column(DriftVerdict verdict, String name) {
        return verdict.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPassWhenNothingChanged() {
        Random random = new Random(1);
        write("r.csv", "x,c", 2000, i -> random.nextGaussian() + "," + "abc".charAt(random.nextInt(3)));
        write("c.csv", "x,c", 1500, i -> random.nextGaussian() + "," + "abc".charAt(random.nextInt(3)));
        DriftVerdict verdict = compare("r.csv", "c.csv");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.reason()).isEqualTo("0 of 2 columns drifted, tolerated are 0 %");
    }

    @Test
    void shouldNeedSizeAsWellAsSignificance() {
        Random random = new Random(2);
        write("r.csv", "x", 60_000, i -> String.valueOf(random.nextGaussian()));
        write("c.csv", "x", 60_000, i -> String.valueOf(random.nextGaussian() + 0.06));
        ColumnVerdict verdict = column(compare("r.csv", "c.csv"), "x");
        assertThat(verdict.adjusted().getAsDouble()).isLessThan(1e-6);
        assertThat(verdict.drifted()).isFalse();
        assertThat(column(compare("r.csv", "c.csv", "numeric: {method: ks, threshold: 0.01}"), "x")
                        .drifted())
                .isTrue();
    }

    @Test
    void shouldBeInconclusiveAndSayHowMuchIsMissingWhenRowsAreFew() {
        write("r.csv", "x", 500, String::valueOf);
        write("one.csv", "x", 1, String::valueOf);
        write("none.csv", "x", 0, String::valueOf);
        assertThat(compare("r.csv", "one.csv").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(compare("r.csv", "one.csv").reason()).contains("has 1 rows; 99 more are needed");
        assertThat(compare("r.csv", "none.csv").reason()).contains("has 0 rows; 100 more are needed");
        assertThat(compare("none.csv", "r.csv").reason()).contains("the reference has 0 rows");
    }

    @Test
    void shouldNotPassWhenAColumnHasNoValues() {
        write("r.csv", "x,y", 500, i -> i + "," + i);
        write("c.csv", "x,y", 500, i -> i + ",");
        DriftVerdict verdict = compare("r.csv", "c.csv");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason()).contains("column 'y': missing values rose from 0 % to 100 %");
        assertThat(compare("c.csv", "r.csv").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(compare("c.csv", "c.csv").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldNameSchemaChangesWhenColumnsDiffer() {
        write("r.csv", "x,gone,n", 300, i -> i + ",1," + i % 7);
        write("c.csv", "x,n,extra", 300, i -> i + ",word" + i % 7 + ",2");
        DriftVerdict verdict = compare("r.csv", "c.csv");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason())
                .contains("column 'gone' is missing in c.csv")
                .contains("column 'n' was numeric (BIGINT) and is categorical (VARCHAR) in c.csv")
                .doesNotContain("extra");
        String ignoring = "columns: {exclude: [n]}\nschema: {missing: ignore, added: ";
        assertThat(compare("r.csv", "c.csv", ignoring + "ignore}").outcome()).isEqualTo(Outcome.PASS);
        assertThat(compare("r.csv", "c.csv", ignoring + "fail}").reason()).contains("column 'extra' is not in r.csv");
    }

    @Test
    void shouldReportInfiniteValuesAndGoOn() {
        write("r.csv", "x", 300, String::valueOf);
        write("c.csv", "x", 300, i -> i == 7 ? "inf" : String.valueOf(i));
        DriftVerdict verdict = compare("r.csv", "c.csv");
        assertThat(verdict.reason()).contains("column 'x': 1 values are infinite");
        assertThat(DriftJson.of(verdict).at("/columns/0/infinite/current").asLong())
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseUnknownColumnWhenPolicyNamesIt() {
        write("r.csv", "x", 300, String::valueOf);
        assertThatThrownBy(() -> compare("r.csv", "r.csv", "columns: {include: [speed]}"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("has a column 'speed'");
    }

    @Test
    void shouldTolerateShareOfDriftedColumns() {
        write("r.csv", "a,b,c,d", 400, i -> i + "," + i + "," + i + "," + i);
        write("c.csv", "a,b,c,d", 400, i -> i + 900 + "," + i + "," + i + "," + i);
        assertThat(compare("r.csv", "c.csv", "tolerated: 0.25").outcome()).isEqualTo(Outcome.PASS);
        assertThat(compare("r.csv", "c.csv", "tolerated: 0.24").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldSampleReproduciblyAndCountAllRowsWhenTablesAreLarge() {
        Random random = new Random(3);
        write("r.csv", "x,k", 12_000, i -> (i % 10 == 0 ? "" : random.nextGaussian()) + "," + i % 3);
        String policy = "sample: {rows: 2000, seed: 5}\nminimumRows: 100";
        DriftVerdict verdict = compare("r.csv", "r.csv", policy);
        assertThat(verdict.measured().sampled()).isTrue();
        assertThat(column(verdict, "x").measurement().reference().nulls()).isEqualTo(1200);
        assertThat(DriftJson.of(verdict)).isEqualTo(DriftJson.of(compare("r.csv", "r.csv", policy)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldCompareTextByLengthAndShowDatesWithoutJudging() {
        write("r.csv", "t,d", 300, i -> "some words here " + i + ",2024-01-01");
        write("c.csv", "t,d", 300, i -> "some words here and several more of them " + i + ",2025-01-01");
        DriftVerdict verdict = compare("r.csv", "c.csv");
        assertThat(column(verdict, "t").drifted()).isTrue();
        assertThat(column(verdict, "d").outcome()).isEmpty();
        assertThat(DriftJson.of(verdict).at("/columns/1/kind").asText()).isEqualTo("datetime");
    }

    @Test
    void shouldEscapeNamesAndNeedNothingElseWhenWrittenAsPage() {
        write("r.csv", "\"<b>&'x\"", 300, String::valueOf);
        write("c.csv", "\"<b>&'x\"", 300, i -> String.valueOf(i + 200));
        DriftVerdict verdict = compare("r.csv", "c.csv");
        String page = DriftPage.of(verdict, "r.csv", "<script>alert(1)</script>");
        assertThat(page)
                .contains("&lt;b&gt;&amp;&#39;x")
                .doesNotContain("<script")
                .doesNotContain("http");
        assertThat(page).contains("<svg");
        assertThat(DriftText.of(verdict))
                .startsWith("FAIL: 1 of 1 columns drifted")
                .contains("DRIFTED");
    }

    @Test
    void shouldHavePlotOfDriftedColumnsInEvidence() {
        write("r.csv", "x,y", 300, i -> i + "," + i);
        write("c.csv", "x,y", 300, i -> i + "," + (i + 200));
        var evidence = DriftJson.evidence(compare("r.csv", "c.csv"), "r.csv", "c.csv", "drift.yaml");
        assertThat(evidence.at("/columns/0/plot").isMissingNode()).isTrue();
        assertThat(evidence.at("/columns/1/plot/edges").size()).isEqualTo(21);
        assertThat(evidence.at("/columns/1/plot/reference").size()).isEqualTo(20);
        assertThat(evidence.get("policy").asText()).isEqualTo("drift.yaml");
    }
}
