package io.mldelivery.drift.simulation;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.policy.Rule;
import io.mldelivery.drift.verdict.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often unchanged data alarms, and how often a shift is found, under several policies. Run {@link #main} to print the
 * tables of docs/explanation/drift-calibration.md; the seed is fixed.
 *
 * <p>Columns are independent, so measured columns are drawn once into a pool for each kind and size, and checks are put
 * together from random members of the pools.
 */
public final class Calibration {
    private static final long SEED = 20261121;
    private static final int CHECKS = 4000;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** The policies compared. The calibrated one without its size criterion shows what the test alone does. */
    static Map<String, DriftPolicy> policies() {
        DriftPolicy psi = PolicyName.PSI.policy();
        Rule tenth = new Rule(Method.PSI, 0.1, false);
        Rule nearlyZero = new Rule(Method.KS, 1e-12, true);
        Rule nearlyZeroCategories = new Rule(Method.TOTAL_VARIATION, 1e-12, true);
        var policies = new java.util.LinkedHashMap<String, DriftPolicy>();
        policies.put("calibrated", DriftPolicy.calibrated());
        policies.put("test alone", DriftPolicy.calibrated().withRules(rules(nearlyZero, nearlyZeroCategories)));
        policies.put("evidently", PolicyName.EVIDENTLY.policy().withTolerated(0));
        policies.put("psi 0.1", psi.withRules(rules(tenth, tenth)));
        return policies;
    }

    private static Map<ColumnKind, Rule> rules(Rule numeric, Rule categorical) {
        return Map.of(ColumnKind.NUMERIC, numeric, ColumnKind.CATEGORICAL, categorical);
    }

    private List<List<ColumnMeasurement>> pools(int rows, int size) {
        List<List<ColumnMeasurement>> pools = new ArrayList<>();
        for (Draws kind : Draws.values()) {
            List<ColumnMeasurement> pool = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                pool.add(kind.measure(random, rows, 0));
            }
            pools.add(pool);
        }
        return pools;
    }

    /** The share of checks with an alarm, for each policy, in the order of {@link #policies}. */
    private List<Double> alarms(List<List<ColumnMeasurement>> pools, int rows, int columns, int checks) {
        List<Double> rates = new ArrayList<>();
        for (DriftPolicy policy : policies().values()) {
            var draw = new SplittableRandom(SEED + columns);
            int alarms = 0;
            for (int check = 0; check < checks; check++) {
                List<ColumnMeasurement> chosen = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    List<ColumnMeasurement> pool = pools.get(i % pools.size());
                    chosen.add(pool.get(draw.nextInt(pool.size())));
                }
                var measured = new Measurements(rows, rows, false, chosen, List.of());
                alarms += Judge.judge(measured, policy).drifted().isEmpty() ? 0 : 1;
            }
            rates.add((double) alarms / checks);
        }
        return rates;
    }

    /** The share of checks that alarm although nothing changed. */
    static List<Double> falseAlarms(int rows, int columns, int pool, int checks) {
        var calibration = new Calibration();
        return calibration.alarms(calibration.pools(rows, pool), rows, columns, checks);
    }

    /** The share of checks that find one shifted normal column among twenty. */
    private List<Double> found(int rows, double shift, int pool) {
        List<List<ColumnMeasurement>> unchanged = pools(rows, 40);
        List<Double> rates = new ArrayList<>();
        List<ColumnMeasurement> shifted = new ArrayList<>();
        for (int i = 0; i < pool; i++) {
            shifted.add(Draws.NORMAL.measure(random, rows, shift));
        }
        for (DriftPolicy policy : policies().values()) {
            int found = 0;
            for (int i = 0; i < pool; i++) {
                List<ColumnMeasurement> chosen = new ArrayList<>(List.of(shifted.get(i)));
                for (int column = 1; column < 20; column++) {
                    List<ColumnMeasurement> kind = unchanged.get(column % unchanged.size());
                    chosen.add(kind.get((i + column) % kind.size()));
                }
                var measured = new Measurements(rows, rows, false, chosen, List.of());
                found += Judge.judge(measured, policy).columns().get(0).drifted() ? 1 : 0;
            }
            rates.add((double) found / pool);
        }
        return rates;
    }

    private static void print(String first, List<Double> rates) {
        StringBuilder line = new StringBuilder(first);
        rates.forEach(rate -> line.append(String.format(Locale.ROOT, ",%.4f", rate)));
        System.out.println(line);
    }

    private void printFalseAlarms(int rows) {
        int pool = rows <= 1000 ? 20_000 : rows <= 10_000 ? 6000 : rows <= 100_000 ? 400 : 100;
        var pools = pools(rows, pool);
        for (int columns : new int[] {5, 50, 500}) {
            print(rows + "," + columns, alarms(pools, rows, columns, CHECKS / (columns == 500 ? 8 : 1)));
        }
    }

    /** Prints both tables as CSV; with the argument {@code largest} only the first's last lines, whose draws are their own. */
    public static void main(String... arguments) {
        System.out.println("rows,columns," + String.join(",", policies().keySet()));
        if (arguments.length == 0) {
            var calibration = new Calibration();
            for (int rows : new int[] {100, 300, 1000, 3000, 10_000, 100_000}) {
                calibration.printFalseAlarms(rows);
            }
        }
        new Calibration().printFalseAlarms(1_000_000);
        if (arguments.length == 0) {
            printFound();
        }
    }

    private static void printFound() {
        System.out.println("rows,shift," + String.join(",", policies().keySet()));
        for (int rows : new int[] {500, 1000, 10_000, 100_000}) {
            for (double shift : new double[] {0.05, 0.1, 0.15, 0.2, 0.3, 0.5}) {
                print(rows + "," + shift, new Calibration().found(rows, shift, rows <= 10_000 ? 500 : 100));
            }
        }
    }
}
