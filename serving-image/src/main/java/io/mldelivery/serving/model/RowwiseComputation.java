package io.mldelivery.serving.model;

import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import java.util.List;

/** Gives flat outputs one row for each input row: DJL's XGBoost engine returns [rows × classes] as one line. */
final class RowwiseComputation implements Computation {

    private final Computation flat;

    RowwiseComputation(Computation flat) {
        this.flat = flat;
    }

    @Override
    public Signature signature() {
        return flat.signature();
    }

    @Override
    public String platform() {
        return flat.platform();
    }

    @Override
    public List<Tensor> compute(List<Tensor> inputs) {
        long rows = inputs.get(0).rows();
        if (rows == 0) {
            return signature().outputs().stream()
                    .map(spec -> Tensor.of(
                            spec.name(),
                            spec.type(),
                            new long[] {0},
                            inputs.get(0).data()))
                    .toList();
        }
        return flat.compute(inputs).stream()
                .map(output -> rowwise(output, rows))
                .toList();
    }

    private static Tensor rowwise(Tensor output, long rows) {
        boolean several = output.rank() == 1 && output.elements() > rows && output.elements() % rows == 0;
        return several ? output.reshaped(rows, output.elements() / rows) : output;
    }

    @Override
    public void close() {
        flat.close();
    }
}
