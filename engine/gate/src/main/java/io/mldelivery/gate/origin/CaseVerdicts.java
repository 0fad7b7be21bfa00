package io.mldelivery.gate.origin;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Counts the metamorphic cases that a model fails, and keeps the first few for messages. */
final class CaseVerdicts {
    private static final int SHOWN = 3;

    private final OptionalInt output;
    private final List<String> examples = new ArrayList<>();
    private long cases;
    private long failing;

    /** @param output which of the model's outputs is compared; absent for the only one, the second of two, or all */
    CaseVerdicts(OptionalInt output) {
        this.output = output;
    }

    void judge(MetamorphicCase expected, double[] before, double[] after) {
        cases++;
        requireAnswers(before, after);
        int[] compared = compared(expected, before.length);
        int worst = compared[0];
        boolean holds = true;
        for (int i : compared) {
            boolean own = expected.holds(before[i], after[i]);
            worst = holds && !own ? i : worst;
            holds = holds && own;
        }
        if (!holds) {
            failing++;
            keep(expected, before[worst], after[worst]);
        }
    }

    private void requireAnswers(double[] before, double[] after) {
        boolean finite = IntStream.range(0, before.length)
                .allMatch(i -> Double.isFinite(before[i]) && Double.isFinite(after[i]));
        if (before.length == 0 || !finite) {
            throw new DeliveryException(
                    Code.DATA,
                    "the model's answer in case " + cases + " is no finite number",
                    "Find out why; what was not answered is not judged.");
        }
    }

    private int[] compared(MetamorphicCase expected, int outputs) {
        if (output.isPresent() && output.getAsInt() >= outputs) {
            throw new DeliveryException(
                    Code.DATA,
                    "the model has " + outputs + " outputs, and the cases compare number " + output.getAsInt(),
                    "The first is 0.");
        }
        if (output.isPresent() || outputs <= 2) {
            return new int[] {output.orElse(outputs - 1)};
        }
        if (expected.isDirected()) {
            throw new DeliveryException(
                    Code.DATA,
                    "the model has " + outputs + " outputs: which of them is to " + expected.expect() + "?",
                    "Add 'output:' to the rule.");
        }
        return IntStream.range(0, outputs).toArray();
    }

    private void keep(MetamorphicCase expected, double before, double after) {
        if (examples.size() < SHOWN) {
            examples.add(String.format(
                    Locale.ROOT,
                    "%s: %.4g became %.4g, expected %s",
                    expected.name().orElse("case " + cases),
                    before,
                    after,
                    expected.wanted()));
        }
    }

    double failingShare() {
        return (double) failing / cases;
    }

    /** The first few failing cases in words; empty when all hold. */
    String examples() {
        return examples.isEmpty()
                ? ""
                : failing + " of " + cases + " cases: " + String.join("; ", examples)
                        + (failing > examples.size() ? "; …" : "");
    }
}
