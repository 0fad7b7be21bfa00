package io.mldelivery.serving.model;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.wire.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Compares what a model computes with what it computed where it was trained. */
final class GoldenRows {

    private GoldenRows() {}

    /** Fails with GOLDEN_MISMATCH, naming the largest difference, where an output is not within the tolerance. */
    static void check(GoldenFile golden, Computation computation, List<String> columns) {
        Signature signature = computation.signature();
        List<Tensor> outputs = computation.compute(signature.arrange(golden.inputs(signature, columns)));
        for (GoldenFile.Expected expected : golden.expected()) {
            compare(golden, expected, find(golden, expected, outputs));
        }
    }

    private static Tensor find(GoldenFile golden, GoldenFile.Expected expected, List<Tensor> outputs) {
        if (expected.name().isEmpty()) {
            return outputs.get(outputs.size() - 1);
        }
        return outputs.stream()
                .filter(output -> output.name().equals(expected.name().get()))
                .findFirst()
                .orElseThrow(() -> new ServingException(
                        ErrorCode.GOLDEN_MISMATCH,
                        golden.file() + " expects output '" + expected.name().get() + "', the model has "
                                + outputs.stream().map(Tensor::name).toList(),
                        "Write the golden rows with the names of the model's outputs."));
    }

    private static void compare(GoldenFile golden, GoldenFile.Expected expected, Tensor actual) {
        if (!Arrays.equals(expected.shape(), actual.shape())) {
            throw new ServingException(
                    ErrorCode.GOLDEN_MISMATCH,
                    golden.file() + " expects " + Arrays.toString(expected.shape()) + " for '" + actual.name()
                            + "', the model gives " + Arrays.toString(actual.shape()),
                    "Write the golden rows from this model.");
        }
        int worst = actual.strings().isEmpty() ? worstNumber(expected, actual) : firstOther(expected, actual);
        if (worst >= 0 && !within(golden, expected, actual, worst)) {
            throw mismatch(golden, expected, actual, worst);
        }
    }

    private static int worstNumber(GoldenFile.Expected expected, Tensor actual) {
        int worst = -1;
        double largest = -1;
        for (int index = 0; index < expected.values().size(); index++) {
            double difference = difference(expected, actual, index);
            if (Double.isNaN(difference) || difference > largest) {
                worst = index;
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            }
        }
        return worst;
    }

    private static double difference(GoldenFile.Expected expected, Tensor actual, int index) {
        Object value = expected.values().get(index);
        return value instanceof Number number ? Math.abs(number.doubleValue() - actual.number(index)) : Double.NaN;
    }

    private static int firstOther(GoldenFile.Expected expected, Tensor actual) {
        for (int index = 0; index < expected.values().size(); index++) {
            if (!String.valueOf(expected.values().get(index))
                    .equals(actual.strings().get(index))) {
                return index;
            }
        }
        return -1;
    }

    private static boolean within(GoldenFile golden, GoldenFile.Expected expected, Tensor actual, int worst) {
        return actual.strings().isEmpty() && difference(expected, actual, worst) <= golden.tolerance();
    }

    private static ServingException mismatch(
            GoldenFile golden, GoldenFile.Expected expected, Tensor actual, int worst) {
        long row = worst / Math.max(1, actual.elements() / Math.max(1, actual.rows()));
        Object got = actual.strings().isEmpty()
                ? Double.valueOf(actual.number(worst))
                : actual.strings().get(worst);
        String difference = actual.strings().isEmpty()
                ? String.format(
                        Locale.ROOT,
                        ", largest difference %.3g, tolerance %.3g",
                        difference(expected, actual, worst),
                        golden.tolerance())
                : "";
        return new ServingException(
                ErrorCode.GOLDEN_MISMATCH,
                "Golden row " + row + " of '" + actual.name() + "': expected "
                        + expected.values().get(worst) + ", got " + got + difference,
                "The model does not compute here what it computed in training: check engine versions and the export.");
    }
}
