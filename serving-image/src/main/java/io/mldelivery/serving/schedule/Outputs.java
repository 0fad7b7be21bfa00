package io.mldelivery.serving.schedule;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Gives each request its rows of what was computed for all of them. */
final class Outputs {

    private Outputs() {}

    static List<List<Tensor>> split(List<Tensor> outputs, List<Job> batch) {
        if (batch.size() == 1) {
            return List.of(outputs);
        }
        long total = batch.stream().mapToLong(Job::rows).sum();
        outputs.forEach(output -> checkRows(output, total));
        List<List<Tensor>> split = new ArrayList<>(batch.size());
        long from = 0;
        for (Job job : batch) {
            split.add(part(outputs, from, from + job.rows()));
            from += job.rows();
        }
        return split;
    }

    private static List<Tensor> part(List<Tensor> outputs, long from, long to) {
        List<Tensor> part = new ArrayList<>(outputs.size());
        for (Tensor output : outputs) {
            part.add(output.rows(from, to));
        }
        return part;
    }

    private static void checkRows(Tensor output, long total) {
        if (output.rank() == 0 || output.rows() != total) {
            throw new ServingException(
                    ErrorCode.MODEL_FAILED,
                    "Output " + output + " has not one row for each of " + total + " input rows",
                    "Set batch_size=1 in serving.properties: this model computes no batches.");
        }
    }
}
