package io.mldelivery.gate.measure;

/** Row weights, all 1 where none were given. */
final class Weights {
    private final double[] given;
    private final int rows;
    private final double total;

    Weights(double[] given, int rows) {
        this.given = given;
        this.rows = rows;
        double sum = 0;
        for (double w : given) {
            sum += w;
        }
        this.total = given.length == 0 ? rows : sum;
    }

    double of(int row) {
        return given.length == 0 ? 1 : given[row];
    }

    double total() {
        return total;
    }

    int rows() {
        return rows;
    }

    /** The weighted mean of one number a row. */
    Estimate mean(double[] values, Estimate.Form form) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += of(i) * values[i];
        }
        double mean = sum / total;
        double[] contributions = new double[rows];
        for (int i = 0; i < rows; i++) {
            contributions[i] = of(i) * (values[i] - mean) / total;
        }
        return new Estimate(mean, contributions, form);
    }
}
