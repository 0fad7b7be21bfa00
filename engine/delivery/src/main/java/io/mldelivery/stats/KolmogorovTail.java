package io.mldelivery.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * P(D > d) of the two-sided one-sample Kolmogorov-Smirnov statistic of n observations.
 *
 * <p>R. Simard, P. L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution", Journal of Statistical
 * Software 39 (2011), with scipy's choice of method: the tail as twice Smirnov's one-sided one, the body by Durbin's
 * matrix (Marsaglia, Tsang, Wang 2003) or, for many observations, by Pelz and Good's expansion (1976).
 */
final class KolmogorovTail {
    private static final int SMALL = 140;
    private static final long MATRIX_UP_TO = 100_000;
    private static final long EXACT_ONE_SIDED_UP_TO = 1_000_000;

    private KolmogorovTail() {}

    static double survival(double d, long n) {
        if (!(n >= 1) || Double.isNaN(d)) {
            throw new IllegalArgumentException("no Kolmogorov distribution for n = " + n + ", d = " + d);
        }
        double t = n * d;
        if (d >= 1) {
            return 0;
        }
        if (t <= 0.5) {
            return 1;
        }
        if (t >= n - 1) {
            return clip(2 * Math.pow(1 - d, n));
        }
        return clip(inner(d, n, t * d));
    }

    private static double inner(double d, long n, double ndd) {
        if (d >= 0.5 || ndd >= (n <= SMALL ? 4 : 2.2)) {
            return ndd >= 370 ? 0 : 2 * smirnov(d, n);
        }
        if (n <= SMALL || n <= MATRIX_UP_TO && n * Math.pow(d, 1.5) <= 1.4) {
            return 1 - durbin(d, (int) n);
        }
        return 1 - pelzGood(d, n);
    }

    private static double clip(double p) {
        return Math.max(0, Math.min(1, p));
    }

    /** P(D+ > d), exactly: each term of Smirnov's sum is a binomial probability times d/(d + j/n). */
    private static double smirnov(double d, long n) {
        if (n > EXACT_ONE_SIDED_UP_TO) {
            double u = 6.0 * n * d + 1; // relative error of order (n·d²)²/n
            return Math.exp(-u * u / (18.0 * n));
        }
        int last = (int) Math.floor(n * (1 - d));
        double sum = 0;
        for (int j = 0; j <= last; j++) {
            double p = Math.min(1, d + (double) j / n);
            sum += d / p * BinomialDistribution.of((int) n, p).probability(j);
        }
        return sum;
    }

    /** P(D &lt; d) as an element of the n-th power of a matrix of size 2k-1, k = ceil(n·d). */
    private static double durbin(double d, int n) {
        int k = (int) Math.floor(n * d) + 1;
        int m = 2 * k - 1;
        ScaledMatrix power = ScaledMatrix.of(durbinMatrix(m, k - n * d)).power(n);
        double s = power.values[k - 1][k - 1];
        int exponent = power.exponent;
        for (int i = 1; i <= n; i++) {
            s = s * i / n;
            if (s < 1e-140) {
                s *= 1e140;
                exponent -= 140;
            }
        }
        return s * Math.pow(10, exponent);
    }

    private static double[][] durbinMatrix(int m, double h) {
        double[][] matrix = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < Math.min(m, i + 2); j++) {
                matrix[i][j] = 1;
            }
        }
        for (int i = 0; i < m; i++) {
            matrix[i][0] -= Math.pow(h, i + 1);
            matrix[m - 1][i] -= Math.pow(h, m - i);
        }
        matrix[m - 1][0] += 2 * h - 1 > 0 ? Math.pow(2 * h - 1, m) : 0;
        divideByFactorials(matrix);
        return matrix;
    }

    private static void divideByFactorials(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                for (int g = 2; g <= i - j + 1; g++) {
                    matrix[i][j] /= g;
                }
            }
        }
    }

    /** P(D &lt; d) for many observations: Kolmogorov's limit and the terms of order n^(-1/2), n^-1 and n^(-3/2). */
    private static double pelzGood(double d, long n) {
        double z = Math.sqrt(n) * d;
        double z2 = z * z;
        double z4 = z2 * z2;
        double z6 = z4 * z2;
        double pi2 = Math.PI * Math.PI;
        double pi4 = pi2 * pi2;
        double[] k = new double[4];
        for (int i = 0; i < 60; i++) {
            double h = (i + 0.5) * (i + 0.5);
            double e = Math.exp(-h * pi2 / (2 * z2));
            k[0] += e;
            k[1] += (pi2 * h - z2) * e;
            k[2] += (6 * z6 + 2 * z4 + pi2 * (2 * z4 - 5 * z2) * h + pi4 * (1 - 2 * z2) * h * h) * e;
            k[3] += (-30 * z6
                            - 90 * z6 * z2
                            + pi2 * (135 * z4 - 96 * z6) * h
                            + pi4 * (212 * z4 - 60 * z2) * h * h
                            + pi2 * pi4 * (5 - 30 * z2) * h * h * h)
                    * e;
        }
        double[] whole = wholeTerms(z2, pi2);
        double root = Math.sqrt(Math.PI / 2);
        double order1 = root / (3 * z4) * k[1];
        double order2 = root / (36 * z6 * z) * k[2] - root / (18 * z2 * z) * whole[0];
        double order3 = root / (3240 * z6 * z4) * k[3] + root / (108 * z6) * whole[1];
        double rootN = Math.sqrt(n);
        return 2 * root / z * k[0] + order1 / rootN + order2 / n + order3 / (n * rootN);
    }

    private static double[] wholeTerms(double z2, double pi2) {
        double second = 0;
        double third = 0;
        for (int i = 1; i < 60; i++) {
            double square = (double) i * i;
            double e = Math.exp(-square * pi2 / (2 * z2));
            second += pi2 * square * e;
            third += (3 * pi2 * square * z2 - pi2 * pi2 * square * square) * e;
        }
        return new double[] {second, third};
    }

    /** A matrix times a power of ten, so that high powers stay in range. */
    private static final class ScaledMatrix {
        final double[][] values;
        final int exponent;

        ScaledMatrix(double[][] values, int exponent) {
            this.values = values;
            this.exponent = exponent;
        }

        static ScaledMatrix of(double[][] values) {
            return new ScaledMatrix(values, 0);
        }

        ScaledMatrix power(int n) {
            if (n == 1) {
                return this;
            }
            ScaledMatrix half = power(n / 2);
            ScaledMatrix square = half.times(half);
            return n % 2 == 0 ? square : square.times(this);
        }

        private ScaledMatrix times(ScaledMatrix other) {
            int m = values.length;
            double[][] product = new double[m][m];
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < m; k++) {
                    for (int j = 0; j < m; j++) {
                        product[i][j] += values[i][k] * other.values[k][j];
                    }
                }
            }
            return rescaled(product, exponent + other.exponent);
        }

        private static ScaledMatrix rescaled(double[][] product, int exponent) {
            int middle = product.length / 2;
            if (product[middle][middle] <= 1e140) {
                return new ScaledMatrix(product, exponent);
            }
            for (double[] row : product) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= 1e-140;
                }
            }
            return new ScaledMatrix(product, exponent + 140);
        }
    }
}
