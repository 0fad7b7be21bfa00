package io.mldelivery.drift.simulation;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.policy.Rule;
import io.mldelivery.drift.verdict.Judge;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How often unchanged data alarms, and how often a shift is found, under several policies. Run {@link #main} to print the
 * tables of docs/explanation/drift-calibration.md; seeds are fixed, and those of one line do not depend on another.
 *
 * <p>A rate of false alarms is counted over independent checks: every column is drawn anew. Columns are independent of each
 * other too, so the 500 columns of one check also are ten checks of 50 columns and a hundred of 5.
 */
public final class Calibration {
    private static final long SEED = 20261121;
    private static final int[] WIDTHS = {5, 50, 500};
    private static final int WIDEST = 500;

    /**
     * One size of data.
     *
     * @param rows of each side
     * @param compared of numeric columns so many rows are compared
     * @param checks so many checks of 500 columns are judged by {@code calibrated} and by its test alone
     * @param others so many by the other policies, for which large samples must be drawn value by value
     */
    private record Size(int rows, int compared, int checks, int others) {
        boolean isSampled() {
            return compared < rows;
        }
    }

    private static final List<Size> SIZES = List.of(
            new Size(100, 100, 1000, 1000),
            new Size(300, 300, 1000, 1000),
            new Size(1000, 1000, 500, 500),
            new Size(3000, 3000, 300, 300),
            new Size(10_000, 10_000, 200, 200),
            new Size(100_000, 100_000, 1000, 20),
            new Size(1_000_000, 100_000, 400, 0),
            new Size(1_000_000, 1_000_000, 300, 0),
            new Size(1_000_000, 1_000_000, 0, 1));

    private Calibration() {}

    /** The policies compared. The calibrated one without its size criterion shows what the test alone does. */
    static Map<String, DriftPolicy> policies() {
        var policies = new LinkedHashMap<>(calibrated());
        policies.putAll(others());
        return policies;
    }

    private static Map<String, DriftPolicy> calibrated() {
        Rule nearlyZero = new Rule(Method.KS, 1e-12, true);
        Rule nearlyZeroCategories = new Rule(Method.TOTAL_VARIATION, 1e-12, true);
        var policies = new LinkedHashMap<String, DriftPolicy>();
        policies.put("calibrated", DriftPolicy.calibrated());
        policies.put("test alone", DriftPolicy.calibrated().withRules(rules(nearlyZero, nearlyZeroCategories)));
        return policies;
    }

    private static Map<String, DriftPolicy> others() {
        Rule tenth = new Rule(Method.PSI, 0.1, false);
        var policies = new LinkedHashMap<String, DriftPolicy>();
        policies.put("evidently", PolicyName.EVIDENTLY.policy().withTolerated(0));
        policies.put("psi 0.1", PolicyName.PSI.policy().withRules(rules(tenth, tenth)));
        return policies;
    }

    private static Map<ColumnKind, Rule> rules(Rule numeric, Rule categorical) {
        return Map.of(ColumnKind.NUMERIC, numeric, ColumnKind.CATEGORICAL, categorical);
    }

    /** Checks of one number of columns under one policy, so far. */
    private static final class Count {
        private int alarms;
        private int checks;

        void add(List<ColumnMeasurement> columns, int width, int rows, DriftPolicy policy) {
            for (int from = 0; from + width <= columns.size(); from += width) {
                var measured = new Measurements(rows, rows, false, columns.subList(from, from + width), List.of());
                alarms += Judge.judge(measured, policy).drifted().isEmpty() ? 0 : 1;
                checks++;
            }
        }

        Proportion proportion() {
            return new Proportion(alarms, checks);
        }
    }

    private static List<ColumnMeasurement> draw(int columns, Supplier<Stream<ColumnMeasurement>> oneOfEachKind) {
        List<ColumnMeasurement> drawn = new ArrayList<>();
        while (drawn.size() < columns) {
            oneOfEachKind.get().forEach(drawn::add);
        }
        return drawn;
    }

    private static List<ColumnMeasurement> measured(SplittableRandom random, int columns, int rows) {
        return draw(columns, () -> Stream.of(Draws.values()).map(kind -> kind.measure(random, rows, 0)));
    }

    private static List<ColumnMeasurement> tested(SplittableRandom random, int columns, int rows, int compared) {
        return draw(columns, () -> Stream.of(Draws.values()).map(kind -> kind.test(random, rows, compared)));
    }

    /** How many of so many checks alarm although nothing changed, for each policy. */
    static Map<String, Proportion> falseAlarms(int rows, int columns, int checks) {
        var random = new SplittableRandom(SEED + rows + columns);
        List<ColumnMeasurement> drawn = measured(random, columns * checks, rows);
        return proportions(drawn, columns, rows, policies());
    }

    /** The same for large data, of which {@code compared} rows of numbers are compared, under the calibrated policies. */
    static Map<String, Proportion> falseAlarms(int rows, int compared, int columns, int checks) {
        var random = new SplittableRandom(SEED + rows + columns);
        List<ColumnMeasurement> drawn = tested(random, columns * checks, rows, compared);
        return proportions(drawn, columns, rows, calibrated());
    }

    private static Map<String, Proportion> proportions(
            List<ColumnMeasurement> drawn, int columns, int rows, Map<String, DriftPolicy> policies) {
        var rates = new LinkedHashMap<String, Proportion>();
        policies.forEach((name, policy) -> {
            var count = new Count();
            count.add(drawn, columns, rows, policy);
            rates.put(name, count.proportion());
        });
        return rates;
    }

    private static void printFalseAlarms(Size size) {
        boolean together = size.others() == size.checks();
        var counts = new LinkedHashMap<String, Count>();
        var random = new SplittableRandom(SEED + size.rows() + 31L * size.compared());
        for (int check = 0; check < size.checks(); check++) {
            List<ColumnMeasurement> drawn = together
                    ? measured(random, WIDEST, size.rows())
                    : tested(random, WIDEST, size.rows(), size.compared());
            count(counts, drawn, size, together ? policies() : calibrated());
        }
        for (int check = 0; check < size.others() && !together; check++) {
            count(counts, measured(random, WIDEST, size.rows()), size, others());
        }
        counts.forEach((key, count) -> print(size, key, count.proportion()));
    }

    private static void count(
            Map<String, Count> counts, List<ColumnMeasurement> drawn, Size size, Map<String, DriftPolicy> policies) {
        for (int width : WIDTHS) {
            policies.forEach((name, policy) -> counts.computeIfAbsent(width + "," + name, key -> new Count())
                    .add(drawn, width, size.rows(), policy));
        }
    }

    private static void print(Size size, String key, Proportion rate) {
        Interval interval = rate.clopperPearson(0.95);
        System.out.printf(
                Locale.ROOT,
                "%d,%d,%s,%d,%d,%.5f,%.5f%n",
                size.rows(),
                size.compared(),
                key,
                rate.successes(),
                rate.trials(),
                interval.low(),
                interval.high());
    }

    /** The share of checks that find one shifted normal column among twenty, under each policy. */
    private static List<Double> found(int rows, double shift, int checks) {
        var random = new SplittableRandom(SEED);
        List<ColumnMeasurement> unchanged = measured(random, 200, rows);
        List<ColumnMeasurement> shifted = new ArrayList<>();
        for (int i = 0; i < checks; i++) {
            shifted.add(Draws.NORMAL.measure(random, rows, shift));
        }
        return policies().values().stream()
                .map(policy -> found(shifted, unchanged, rows, policy))
                .toList();
    }

    private static double found(
            List<ColumnMeasurement> shifted, List<ColumnMeasurement> unchanged, int rows, DriftPolicy policy) {
        int found = 0;
        for (int i = 0; i < shifted.size(); i++) {
            List<ColumnMeasurement> chosen = new ArrayList<>(List.of(shifted.get(i)));
            for (int column = 1; column < 20; column++) {
                chosen.add(unchanged.get((5 * i + column) % unchanged.size()));
            }
            var measured = new Measurements(rows, rows, false, chosen, List.of());
            found += Judge.judge(measured, policy).columns().get(0).drifted() ? 1 : 0;
        }
        return (double) found / shifted.size();
    }

    /**
     * Prints a table as CSV.
     *
     * @param arguments {@code power} for the shifts found; else false alarms, of the named rows a side only, if any
     *     (1,000,000 as {@code 1000000} and, sampled, {@code sampled})
     */
    public static void main(String... arguments) {
        List<String> asked = List.of(arguments);
        if (asked.contains("power")) {
            printFound();
            return;
        }
        System.out.println("rows,compared,columns,policy,alarms,checks,low,high");
        SIZES.stream()
                .filter(size ->
                        asked.isEmpty() || asked.contains(size.isSampled() ? "sampled" : String.valueOf(size.rows())))
                .forEach(Calibration::printFalseAlarms);
    }

    private static void printFound() {
        System.out.println("rows,shift," + String.join(",", policies().keySet()));
        for (int rows : new int[] {500, 1000, 10_000, 100_000}) {
            for (double shift : new double[] {0.05, 0.1, 0.15, 0.2, 0.3, 0.5}) {
                List<Double> rates = found(rows, shift, rows <= 10_000 ? 500 : 100);
                System.out.println(rows + "," + shift + ","
                        + String.join(
                                ",",
                                rates.stream()
                                        .map(rate -> String.format(Locale.ROOT, "%.4f", rate))
                                        .toList()));
            }
        }
    }
}
