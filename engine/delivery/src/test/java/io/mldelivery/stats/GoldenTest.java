package io.mldelivery.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agreement with scipy, statsmodels and scikit-learn: golden.json and more.json (written by more.py). */
class GoldenTest {
    private static final JsonNode GOLDEN = read("golden.json");
    private static final JsonNode MORE = read("more.json");

    static JsonNode read(String name) {
        try (var in = GoldenTest.class.getResourceAsStream(name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static double[] numbers(JsonNode array) {
        return each(array).mapToDouble(JsonNode::asDouble).toArray();
    }

    /** Agreement to 1e-10, relative to values beyond 1 and, for tiny p-values, to themselves at 1e-8. */
    static void agree(double actual, JsonNode expected) {
        agree(actual, expected, 1e-10);
    }

    static void agree(double actual, JsonNode expected, double tolerance) {
        double value = expected.asDouble();
        assertThat(Math.abs(actual - value))
                .as("%s against %s", actual, value)
                .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(value)));
        if (value != 0 && value > 1e-290) {
            assertThat(actual / value).as("%s against %s", actual, value).isBetween(1 - 1e-8, 1 + 1e-8);
        }
    }

    static void agree(Interval actual, JsonNode expected) {
        agree(actual.low(), expected.get(0));
        agree(actual.high(), expected.get(1));
    }

    static Stream<JsonNode> proportions() {
        return each(GOLDEN.get("two_proportion_z"));
    }

    @ParameterizedTest
    @MethodSource("proportions")
    void shouldCompareTwoProportions(JsonNode given) {
        var first = new Proportion(given.get("x1").asLong(), given.get("n1").asLong());
        var both = TwoProportions.of(
                first, new Proportion(given.get("x2").asLong(), given.get("n2").asLong()));
        agree(both.zTest(Alternative.TWO_SIDED).statistic(), given.get("z_pooled"));
        agree(both.zTest(Alternative.TWO_SIDED).pValue(), given.get("p_two-sided"));
        agree(both.zTest(Alternative.LESS).pValue(), given.get("p_smaller"));
        agree(both.zTest(Alternative.GREATER).pValue(), given.get("p_larger"));
        agree(both.unpooledZTest(Alternative.TWO_SIDED).statistic(), given.get("z_unpooled"));
        agree(both.wald(0.95), given.get("ci95_diff_wald"));
        agree(both.newcombe(0.95), given.get("ci95_diff_newcomb"));
        agree(both.agrestiCaffo(0.95), given.get("ci95_diff_agresti-caffo"));
        agree(first.wilson(0.95), given.get("wilson95_p1"));
        agree(first.clopperPearson(0.95), given.get("clopper_pearson95_p1"));
        agree(both.fisher().pValue(), given.get("fisher_p_two_sided"));
    }

    static Stream<JsonNode> samples() {
        return each(GOLDEN.get("two_sample"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldCompareTwoMeans(JsonNode given) {
        Welch welch = Welch.of(numbers(given.get("a")), numbers(given.get("b")));
        JsonNode expected = given.get("welch");
        agree(welch.test(Alternative.TWO_SIDED).statistic(), expected.get("t"));
        agree(welch.degreesOfFreedom(), expected.get("df"));
        agree(welch.test(Alternative.TWO_SIDED).pValue(), expected.get("p_two_sided"));
        agree(welch.test(Alternative.LESS).pValue(), expected.get("p_less"));
        agree(welch.interval(0.95), expected.get("ci95_mean_diff"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldCompareTwoDistributions(JsonNode given) {
        double[] a = numbers(given.get("a"));
        double[] b = numbers(given.get("b"));
        JsonNode expected = given.get("mann_whitney_asymptotic");
        agree(MannWhitney.asymptotic(a, b, Alternative.TWO_SIDED, true).statistic(), expected.get("U1"));
        agree(MannWhitney.asymptotic(a, b, Alternative.TWO_SIDED, true).pValue(), expected.get("p_two_sided"));
        agree(MannWhitney.asymptotic(a, b, Alternative.LESS, true).pValue(), expected.get("p_less"));
        agree(
                MannWhitney.asymptotic(a, b, Alternative.TWO_SIDED, false).pValue(),
                given.get("mann_whitney_asymptotic_nocc").get("p_two_sided"));
        if (given.has("mann_whitney_exact")) {
            agree(
                    MannWhitney.exact(a, b, Alternative.TWO_SIDED).pValue(),
                    given.get("mann_whitney_exact").get("p_two_sided"));
            agree(
                    MannWhitney.exact(a, b, Alternative.LESS).pValue(),
                    given.get("mann_whitney_exact").get("p_less"));
        }
        agree(
                KolmogorovSmirnov.test(a, b).statistic(),
                given.get("ks_2samp_auto").get("D"));
        agree(KolmogorovSmirnov.test(a, b).pValue(), given.get("ks_2samp_auto").get("p"));
    }

    @Test
    void shouldRankZeroesOfBothSignsAlike() {
        double[] plain = {0, 1, 2, 0, 3};
        double[] signed = {-0.0, 1, 2, 0, 3};
        double[] other = {0, 0.5, -0.0, 4};
        assertThat(MannWhitney.asymptotic(signed, other, Alternative.TWO_SIDED, true))
                .isEqualTo(MannWhitney.asymptotic(plain, new double[] {0, 0.5, 0, 4}, Alternative.TWO_SIDED, true));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldInterpolateQuantiles(JsonNode given) {
        double[] b = numbers(given.get("b"));
        given.get("percentiles_numpy_linear_b")
                .properties()
                .forEach(e -> agree(Quantiles.linear(b, Integer.parseInt(e.getKey()) / 100.0), e.getValue()));
    }

    static Stream<JsonNode> curves() {
        return each(GOLDEN.get("auc_compare"));
    }

    static boolean[] positives(JsonNode given) {
        double[] y = numbers(given.get("y"));
        boolean[] positive = new boolean[y.length];
        for (int i = 0; i < y.length; i++) {
            positive[i] = y[i] == 1;
        }
        return positive;
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldCompareTwoCurves(JsonNode given) {
        DeLong both = DeLong.compare(positives(given), numbers(given.get("score_a")), numbers(given.get("score_b")));
        JsonNode expected = given.get("delong");
        agree(both.areaFirst(), given.get("auc_a"));
        agree(both.areaSecond(), given.get("auc_b"));
        agree(both.difference(), expected.get("diff"));
        for (int i = 0; i < 4; i++) {
            agree(
                    both.covariance()[i / 2][i % 2],
                    expected.get("cov").get(i / 2).get(i % 2));
        }
        agree(both.differenceVariance(), expected.get("var_diff"));
        agree(both.test(Alternative.TWO_SIDED).statistic(), expected.get("z"));
        agree(both.test(Alternative.TWO_SIDED).pValue(), expected.get("p_two_sided"));
        agree(both.interval(0.95), expected.get("ci95_diff"));
        agree(both.standardErrorFirst(), expected.get("auc_a_se"));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldSummarizeBootstrapReplicates(JsonNode given) {
        JsonNode expected = given.get("bootstrap_given_indices");
        Bootstrap bootstrap = Bootstrap.of(numbers(expected.get("diffs")));
        agree(bootstrap.percentile(0.95), expected.get("percentile_ci95_linear"));
        agree(bootstrap.mean(), expected.get("mean"));
        agree(bootstrap.standardError(), expected.get("se_ddof1"));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldResampleByGivenIndices(JsonNode given) {
        JsonNode expected = given.get("bootstrap_given_indices");
        boolean[] positive = positives(given);
        double[] a = numbers(given.get("score_a"));
        double[] b = numbers(given.get("score_b"));
        for (int r = 0; r < 3; r++) {
            int[] rows = each(expected.get("first3_indices").get(r))
                    .mapToInt(JsonNode::asInt)
                    .toArray();
            boolean[] y = new boolean[rows.length];
            double[] x1 = new double[rows.length];
            double[] x2 = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                y[i] = positive[rows[i]];
                x1[i] = a[rows[i]];
                x2[i] = b[rows[i]];
            }
            agree(DeLong.compare(y, x1, x2).difference(), expected.get("diffs").get(r));
        }
    }

    static Stream<JsonNode> tables() {
        return each(GOLDEN.get("mcnemar"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldCompareTwoClassifiersOnTheSameRows(JsonNode given) {
        JsonNode table = given.get("table");
        var mcNemar =
                new McNemar(table.get(0).get(1).asLong(), table.get(1).get(0).asLong());
        agree(mcNemar.exact().statistic(), given.get("exact_stat_min"));
        agree(mcNemar.exact().pValue(), given.get("exact_p"));
        agree(mcNemar.chiSquare(true).statistic(), given.get("chi2_cc"));
        agree(mcNemar.chiSquare(true).pValue(), given.get("chi2_cc_p"));
        agree(mcNemar.chiSquare(false).statistic(), given.get("chi2"));
        agree(mcNemar.chiSquare(false).pValue(), given.get("chi2_p"));
        agree(mcNemar.midP().pValue(), given.get("mid_p"));
    }

    static Stream<JsonNode> families() {
        return each(GOLDEN.get("multiple_testing"));
    }

    @ParameterizedTest
    @MethodSource("families")
    void shouldCorrectForTheNumberOfTests(JsonNode given) {
        double[] p = numbers(given.get("p"));
        adjusts(MultipleTesting.BONFERRONI, p, given.get("bonferroni"));
        adjusts(MultipleTesting.SIDAK, p, given.get("sidak"));
        adjusts(MultipleTesting.HOLM, p, given.get("holm"));
        adjusts(MultipleTesting.HOLM_SIDAK, p, given.get("holm-sidak"));
        adjusts(MultipleTesting.HOCHBERG, p, given.get("simes-hochberg"));
        adjusts(MultipleTesting.HOMMEL, p, given.get("hommel"));
        adjusts(MultipleTesting.BENJAMINI_HOCHBERG, p, given.get("fdr_bh"));
        adjusts(MultipleTesting.BENJAMINI_YEKUTIELI, p, given.get("fdr_by"));
    }

    private static void adjusts(MultipleTesting method, double[] p, JsonNode expected) {
        double[] adjusted = method.adjust(p);
        for (int i = 0; i < p.length; i++) {
            agree(adjusted[i], expected.get("adjusted").get(i));
        }
    }

    static Stream<JsonNode> points() {
        return each(GOLDEN.get("msprt").get("point"));
    }

    @ParameterizedTest
    @MethodSource("points")
    void shouldMixLikelihoods(JsonNode given) {
        double n = given.get("n").asDouble();
        double theta = given.get("theta_hat").asDouble();
        double v = given.get("V").asDouble();
        double tau2 = given.get("tau2").asDouble();
        double lambda = MixtureSprt.likelihoodRatio(n, theta, v, tau2);
        agree(lambda, given.get("Lambda"));
        agree(Math.min(1, 1 / lambda), given.get("p_single"));
        agree(MixtureSprt.interval(n, theta, v, tau2, 0.95), given.get("ci95"));
    }

    static Stream<JsonNode> streams() {
        return each(GOLDEN.get("msprt").get("stream"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldStayValidAfterEveryObservation(JsonNode given) {
        Set<Integer> onesA = ones(given.get("a_ones_at"));
        Set<Integer> onesB = ones(given.get("b_ones_at"));
        int base = 0;
        List<MixtureSprt> states = new ArrayList<>();
        MixtureSprt state = MixtureSprt.start(given.get("tau2").asDouble());
        long a = 0;
        long b = 0;
        for (int n = 1; n <= given.get("n").asInt(); n++) {
            a += onesA.contains(n - 1 + base) ? 1 : 0;
            b += onesB.contains(n - 1 + base) ? 1 : 0;
            state = state.observeShares(n, (double) a / n, (double) b / n);
            states.add(state);
        }
        for (JsonNode point : given.get("checkpoints")) {
            agree(states.get(point.get("n").asInt() - 1).lambda(), point.get("Lambda"));
            agree(states.get(point.get("n").asInt() - 1).pValue(), point.get("p_always_valid"));
        }
        JsonNode first = given.get("first_n_p_le_0.05");
        long found = states.stream().takeWhile(s -> s.pValue() > 0.05).count() + 1;
        assertThat(found > states.size() ? null : found).isEqualTo(first.isNull() ? null : first.asLong());
    }

    private static Set<Integer> ones(JsonNode array) {
        Set<Integer> ones = new HashSet<>();
        array.forEach(node -> ones.add(node.asInt()));
        return ones;
    }

    @Test
    void shouldDecideSequentially() {
        for (JsonNode given : GOLDEN.get("sprt_bernoulli")) {
            Set<Integer> ones = ones(given.get("ones_at"));
            Sprt state = Sprt.start(
                    given.get("p0").asDouble(),
                    given.get("p1").asDouble(),
                    given.get("alpha").asDouble(),
                    given.get("beta").asDouble());
            agree(state.upper(), given.get("upper"));
            agree(state.lower(), given.get("lower"));
            for (int i = 0; i < given.get("n").asInt(); i++) {
                state = state.observe(ones.contains(i));
            }
            assertThat(state.decision().name())
                    .isEqualToIgnoringCase(given.get("decision").asText());
            assertThat(state.observations()).isEqualTo(given.get("stop_n").asLong());
            agree(state.logRatio(), given.get("llr_at_stop"));
        }
    }

    @Test
    void shouldPlanSampleSizes() {
        for (JsonNode given : GOLDEN.get("power")) {
            double h = Power.cohenH(given.get("p1").asDouble(), given.get("p2").asDouble());
            agree(h, given.get("cohen_h"));
            agree(
                    Power.perArm(
                            h, given.get("alpha").asDouble(), given.get("power").asDouble()),
                    given.get("n_per_arm"));
        }
    }

    @Test
    void shouldKnowTails() {
        JsonNode special = GOLDEN.get("special");
        special.get("normal_sf")
                .forEach(g -> agree(Tails.normalSurvival(g.get("z").asDouble()), g.get("sf")));
        special.get("normal_ppf")
                .forEach(g -> agree(Tails.normalQuantile(g.get("p").asDouble()), g.get("z")));
        special.get("t_sf")
                .forEach(g -> agree(
                        Tails.studentSurvival(g.get("t").asDouble(), g.get("df").asDouble()), g.get("sf")));
        special.get("chi2_sf")
                .forEach(g -> agree(
                        Tails.chiSquareSurvival(
                                g.get("x").asDouble(), g.get("df").asDouble()),
                        g.get("sf")));
        special.get("kolmogorov_sf")
                .forEach(g -> agree(Tails.kolmogorovSurvival(g.get("x").asDouble()), g.get("sf")));
        special.get("kstwo_sf")
                .forEach(g -> agree(
                        Tails.kolmogorovSurvival(
                                g.get("d").asDouble(), g.get("n").asLong()),
                        g.get("sf")));
    }

    @Test
    void shouldKnowKolmogorovsDistributionForAnySampleSize() {
        for (JsonNode given : MORE.get("kstwo")) {
            agree(
                    Tails.kolmogorovSurvival(
                            given.get("d").asDouble(), given.get("n").asLong()),
                    given.get("sf"));
        }
    }

    @Test
    void shouldCountLatticePaths() {
        for (JsonNode given : MORE.get("ks_exact")) {
            double d = given.get("d").asDouble();
            agree(
                    KolmogorovSmirnov.exactPValue(
                            d, given.get("n").asInt(), given.get("m").asInt()),
                    given.get("exact"));
            agree(
                    KolmogorovSmirnov.asymptoticPValue(
                            d, given.get("n").asLong(), given.get("m").asLong()),
                    given.get("asymptotic"));
        }
    }

    @Test
    void shouldRankSignedDifferences() {
        for (JsonNode given : MORE.get("wilcoxon")) {
            double[] d = numbers(given.get("d"));
            agree(
                    Wilcoxon.signedRank(d, Alternative.TWO_SIDED).statistic(),
                    given.get("two-sided").get("statistic"));
            agree(
                    Wilcoxon.signedRank(d, Alternative.TWO_SIDED).pValue(),
                    given.get("two-sided").get("p"));
            agree(
                    Wilcoxon.signedRank(d, Alternative.LESS).pValue(),
                    given.get("less").get("p"));
            agree(
                    Wilcoxon.signedRank(d, Alternative.GREATER).pValue(),
                    given.get("greater").get("p"));
        }
    }
}
