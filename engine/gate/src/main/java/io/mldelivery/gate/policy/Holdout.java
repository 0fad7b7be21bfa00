package io.mldelivery.gate.policy;

/**
 * How often one evaluation set may decide, and how the error rate is spent over these decisions.
 *
 * @param uses for how many decisions, at least 1
 */
public record Holdout(int uses, Spending spending) {
    /** 20 decisions, more of the error rate for the early ones. */
    public static final Holdout USUAL = new Holdout(20, Spending.EARLY);

    /** How the error rate is shared out. */
    public enum Spending {
        /** The k-th decision gets a share proportional to 1/k. */
        EARLY,
        /** Each decision gets the same. */
        EVEN,
        /** Uses are counted, but each decision has the whole error rate. */
        NONE
    }

    /** The k-th decision's share of the error rate, k from 1; 0 beyond the planned uses. With NONE always 1. */
    public double share(int k) {
        if (spending == Spending.NONE) {
            return 1;
        }
        if (k > uses) {
            return 0;
        }
        return spending == Spending.EVEN ? 1.0 / uses : 1 / (k * harmonic());
    }

    private double harmonic() {
        double sum = 0;
        for (int k = uses; k >= 1; k--) {
            sum += 1.0 / k;
        }
        return sum;
    }
}
