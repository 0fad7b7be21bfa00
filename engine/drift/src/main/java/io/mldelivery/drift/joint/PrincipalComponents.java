package io.mldelivery.drift.joint;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The directions in which standardized rows vary most, found by subspace iteration: as many as explain
 * {@value #EXPLAINED} of the variance, at most {@value #MOST} and fewer than there are columns.
 */
final class PrincipalComponents {
    private static final double EXPLAINED = 0.65;
    private static final int MOST = 30;
    private static final int ROUNDS = 40;

    private final double[][] components;

    private PrincipalComponents(double[][] components) {
        this.components = components;
    }

    static PrincipalComponents of(double[][] rows) {
        int columns = rows[0].length;
        double[][] covariance = covariance(rows);
        int count = Math.max(1, Math.min(MOST, columns - 1));
        var random = new SplittableRandom(1);
        double[][] basis = new double[count][columns];
        for (double[] vector : basis) {
            Arrays.setAll(vector, i -> random.nextGaussian());
        }
        orthonormalize(basis);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < count; i++) {
                basis[i] = product(covariance, basis[i]);
            }
            orthonormalize(basis);
        }
        return new PrincipalComponents(Arrays.copyOf(basis, needed(covariance, basis)));
    }

    private static double[][] covariance(double[][] rows) {
        int columns = rows[0].length;
        double[][] covariance = new double[columns][columns];
        for (double[] row : rows) {
            for (int i = 0; i < columns; i++) {
                double value = row[i] / rows.length;
                double[] line = covariance[i];
                for (int k = 0; k < columns; k++) {
                    line[k] += value * row[k];
                }
            }
        }
        return covariance;
    }

    private static int needed(double[][] covariance, double[][] basis) {
        double total = IntStream.range(0, covariance.length)
                .mapToDouble(i -> covariance[i][i])
                .sum();
        double explained = 0;
        for (int i = 0; i < basis.length; i++) {
            explained += dot(basis[i], product(covariance, basis[i]));
            if (explained >= EXPLAINED * total) {
                return i + 1;
            }
        }
        return basis.length;
    }

    private static double[] product(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix).mapToDouble(line -> dot(line, vector)).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Gram and Schmidt; a direction that the others already hold becomes zero. */
    private static void orthonormalize(double[][] basis) {
        for (int i = 0; i < basis.length; i++) {
            for (int k = 0; k < i; k++) {
                double share = dot(basis[i], basis[k]);
                for (int c = 0; c < basis[i].length; c++) {
                    basis[i][c] -= share * basis[k][c];
                }
            }
            double length = Math.sqrt(dot(basis[i], basis[i]));
            double scale = length > 1e-12 ? 1 / length : 0;
            for (int c = 0; c < basis[i].length; c++) {
                basis[i][c] *= scale;
            }
        }
    }

    int count() {
        return components.length;
    }

    /** How far a row lies from its projection on the components. */
    double error(double[] row) {
        double squares = dot(row, row);
        for (double[] component : components) {
            double share = dot(row, component);
            squares -= share * share;
        }
        return Math.sqrt(Math.max(0, squares));
    }
}
