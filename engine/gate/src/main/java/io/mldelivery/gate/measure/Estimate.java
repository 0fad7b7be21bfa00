package io.mldelivery.gate.measure;

/**
 * A metric's value and each row's contribution to its error: to first order the value minus the true one is the sum
 * of the contributions, which sum to zero (the influence function divided by the number of rows; F. R. Hampel 1974).
 */
public final class Estimate {
    /** How the rows' contributions make up the value. */
    enum Form {
        /** The mean of one number a row, such as a loss. */
        MEAN,
        /** A share of rows. */
        SHARE,
        /** The area under the ROC curve, whose contributions are scaled to give DeLong's variance. */
        AREA,
        /** Another smooth function of the rows. */
        SMOOTH
    }

    private final double value;
    private final double[] contributions;
    private final Form form;

    Estimate(double value, double[] contributions, Form form) {
        this.value = value;
        this.contributions = contributions;
        this.form = form;
    }

    /** The metric's value. */
    public double value() {
        return value;
    }

    /** The number of independent units: rows, or in rankings groups. */
    public int units() {
        return contributions.length;
    }

    /** Whether the value is the mean of one number a row. */
    public boolean isMean() {
        return form == Form.MEAN || form == Form.SHARE;
    }

    /** Whether the value is a share of rows. */
    public boolean isShare() {
        return form == Form.SHARE;
    }

    /** Whether the value is the area under the ROC curve. */
    public boolean isArea() {
        return form == Form.AREA;
    }

    /** The standard error of the value. */
    public double standardError() {
        double sum = 0;
        for (double c : contributions) {
            sum += c * c;
        }
        return Math.sqrt(correction() * sum);
    }

    /** The standard error of this value minus the other's on the same rows. */
    public double standardErrorOfDifference(Estimate other) {
        double sum = 0;
        for (int i = 0; i < contributions.length; i++) {
            double d = contributions[i] - other.contributions[i];
            sum += d * d;
        }
        return Math.sqrt(correction() * sum);
    }

    private double correction() {
        return form == Form.AREA ? 1 : contributions.length / (contributions.length - 1.0);
    }

    /** The rows' numbers of which the difference of two means is the mean: this one's minus the other's. */
    double[] differences(Estimate other) {
        double[] differences = new double[contributions.length];
        double difference = value - other.value;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = (contributions[i] - other.contributions[i]) * differences.length + difference;
        }
        return differences;
    }

    /** The rows' numbers of which the value is the mean. */
    double[] perRow() {
        double[] values = new double[contributions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = contributions[i] * values.length + value;
        }
        return values;
    }

    /** The rows' contributions to this value minus the other's. */
    double[] contributionsToDifference(Estimate other) {
        double[] difference = new double[contributions.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = contributions[i] - other.contributions[i];
        }
        return difference;
    }

    double[] contributions() {
        return contributions;
    }
}
