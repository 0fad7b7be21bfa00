package io.mldelivery.gate.holdout;

import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.Holdout.Spending;
import java.util.List;
import java.util.Locale;

/**
 * What one decision by an evaluation set may spend of the policy's error rate.
 *
 * @param set the set's SHA-256
 * @param decision what is decided, see {@link HoldoutUse}
 * @param use the how-manieth decision by this set it is, from 1
 * @param planned for how many decisions the set is to serve
 * @param alpha the two-sided error rate of this decision; 0 when nothing is left
 * @param nominal the policy's error rate, which all planned decisions share
 * @param spending how the error rate is shared out
 * @param repeated whether the same was decided before, so that nothing new is spent
 */
public record Allowance(
        String set,
        String decision,
        int use,
        int planned,
        double alpha,
        double nominal,
        boolean repeated,
        Spending spending) {
    /** The next decision's allowance after those in the ledger. */
    public static Allowance next(HoldoutLedger ledger, GatePolicy policy, String set, String decision) {
        List<HoldoutUse> uses = ledger.uses(set);
        int planned = policy.holdout().uses();
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i).decision().equals(decision)) {
                return new Allowance(
                        set,
                        decision,
                        i + 1,
                        planned,
                        uses.get(i).alpha(),
                        policy.alpha(),
                        true,
                        policy.holdout().spending());
            }
        }
        int use = uses.size() + 1;
        double alpha = policy.alpha() * policy.holdout().share(use);
        return new Allowance(
                set,
                decision,
                use,
                planned,
                alpha,
                policy.alpha(),
                false,
                policy.holdout().spending());
    }

    /** Whether the set has no error rate left to decide with. */
    public boolean isSpent() {
        return alpha == 0;
    }

    /** Whether this is the last planned decision, or beyond. */
    public boolean isLast() {
        return use >= planned;
    }

    /** One sentence on the set's use; a warning when {@link #isLast}. */
    public String sentence() {
        String which = "Decision " + use + " of " + planned + " by the evaluation set " + set.substring(0, 12);
        if (spending == Spending.NONE) {
            return which + " (uses are counted; error rates are not shared).";
        }
        if (isSpent()) {
            return which + ": its error rate is spent. Give a new evaluation set, or plan for more ('holdout: uses').";
        }
        return which
                + String.format(
                        Locale.ROOT,
                        ": it may err with %.4f of %.4f%s%s",
                        alpha,
                        nominal,
                        repeated ? ", as when the same was judged before" : "",
                        isLast() ? ". It is the last: give a new evaluation set next time." : ".");
    }
}
